import type { Payload } from "#abi";
import type { Ended } from "./ended.ts";

/** A channel for one value. Its sender goes with the value. */
export class Oneshot implements Ended {
  readonly type = "oneshot";
  readonly id: number;
  readonly site: number;
  /** Sent and not received yet. */
  value: Payload | null = null;
  senders = 0;
  receivers = 1;

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }

  loseReceiver(): readonly Payload[] {
    this.receivers = 0;
    const { value } = this;
    this.value = null;
    return value === null ? [] : [value];
  }
}
