import { expect, it } from "vitest";
import { WARM_UP_PROGRAM } from "../../src/worker/warm-up-program.ts";
import { outcomes } from "../engine.ts";

it("the program that warms the engine passes under every schedule it is run with", async () => {
  expect(await outcomes(WARM_UP_PROGRAM, 100)).toEqual(new Set(["passed"]));
});
