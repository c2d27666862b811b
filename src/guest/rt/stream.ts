export { Stream } from "./streams/stream.ts";
export { fromIterable } from "./streams/from-iterable.ts";
export { fromReceiver } from "./streams/from-receiver.ts";
