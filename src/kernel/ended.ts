import type { Payload } from "#abi";

/** A kernel object with senders and receivers: a channel of any kind. Its ends are endpoints, with owners. */
export interface Ended {
  readonly type: "channel" | "oneshot" | "broadcast" | "watch";
  readonly id: number;
  readonly site: number;
  /** Senders that still have an owner. */
  senders: number;
  /** Receiver `endpoint` has lost its last owner. Returns the values in it that nobody will receive any more. */
  loseReceiver(endpoint: number): readonly Payload[];
  /** Receivers that still have an owner. */
  readonly receivers: number;
}
