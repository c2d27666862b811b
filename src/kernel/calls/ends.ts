import { CALLS } from "#abi";
import type { Caller } from "../caller.ts";
import type { Endpoint } from "../endpoints.ts";
import type { Kernel } from "../kernel.ts";

/*
 * What the calls of rt/sync's channels share: their first number is an endpoint.
 */

export function endpointOf(kernel: Kernel, caller: Caller): Endpoint {
  return kernel.endpoints.get(caller.a);
}

/** The object whose end the call is about. */
export const objectOfEnd = (kernel: Kernel, caller: Caller): number => endpointOf(kernel, caller).object.id;

/** The caller uses the end as only its one owner may. */
export const use = (kernel: Kernel, caller: Caller): void =>
  kernel.ownership.use(caller, endpointOf(kernel, caller));

export const look = (kernel: Kernel, caller: Caller): void =>
  kernel.ownership.look(caller, endpointOf(kernel, caller));

/** A call that a future waits for, made by somebody who does not wait. */
export function isTry(caller: Caller): boolean {
  return caller.timeoutNs === 0;
}

/** Calls that could tell whether an end has gone. */
export const ASK_FOR_ENDS: readonly number[] = [
  CALLS.tryRecv,
  CALLS.trySend,
  CALLS.recvTimeout,
  CALLS.operationPoll,
  CALLS.oneshotSend,
  CALLS.oneshotRecv,
  CALLS.oneshotClosed,
  CALLS.broadcastSend,
  CALLS.broadcastRecv,
  CALLS.broadcastCount,
  CALLS.watchSend,
  CALLS.watchChanged,
];
