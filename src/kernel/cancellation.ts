/** Says that work should stop: once cancelled it stays so, and so are its children. */
export class Cancellation {
  readonly type = "cancellation-token";
  readonly id: number;
  readonly site: number;
  cancelled: boolean;
  readonly #children: Cancellation[] = [];

  constructor(id: number, site: number, parent: Cancellation | null) {
    this.id = id;
    this.site = site;
    this.cancelled = parent?.cancelled ?? false;
    if (parent !== null) parent.#children.push(this);
  }

  /** Cancels it and its descendants; those that were not cancelled before, parents first. */
  cancel(): readonly Cancellation[] {
    if (this.cancelled) return [];
    this.cancelled = true;
    return [this, ...this.#children.splice(0).flatMap((child) => child.cancel())];
  }
}
