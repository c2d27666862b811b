/** Another worker: helps the engine's with searches. Has a machine of its own and nothing else. */
import { serveMate } from "#explorer";
import { Machine } from "#machine";
import { toPort } from "./message-port.ts";
import type { MateRequest } from "./protocol.ts";
import { Slice } from "./slice.ts";

addEventListener("message", ({ data: { assets, port } }: MessageEvent<MateRequest>) => {
  const machine = Machine.create(assets);
  serveMate(toPort(port), { load: (program) => machine.load(program), rest: () => Slice.rest() });
});
