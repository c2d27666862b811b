import type { Port } from "#explorer";

/** A browser's port as the explorer knows it. */
export function toPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen(hear) {
      port.addEventListener("message", (event: MessageEvent<unknown>) => hear(event.data));
      port.start();
    },
  };
}
