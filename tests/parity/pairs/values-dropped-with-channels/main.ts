import { type Async, blockOn, join, spawn } from "rt";
import { channel, oneshot, type OneshotReceiver, type OneshotSender } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* ask(answer: OneshotReceiver<number>): Async<string> {
  const result = yield* answer;
  return result.ok ? "answered" : "disconnected";
}

function* body() {
  const [requests, inbox] = channel<OneshotSender<number>>(4);
  const [first, firstAnswer] = oneshot<number>();
  const [second, secondAnswer] = oneshot<number>();
  const [third, thirdAnswer] = oneshot<number>();
  yield* requests.send(first);
  yield* requests.send(second);
  const server = spawn(
    (function* () {
      const one = yield* inbox.recv();
      if (one.ok) one.value.send(1);
      yield* sleep(5);
    })(),
  );
  const tellings = yield* join(ask(firstAnswer), ask(secondAnswer));
  console.log(tellings.join(" "));
  yield* server;
  const refused = yield* requests.send(third);
  console.log(refused.ok);
  third.drop();
  console.log(yield* ask(thirdAnswer));
}
