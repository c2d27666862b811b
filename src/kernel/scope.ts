/** Threads that end before the call that began the scope returns. */
export class Scope {
  readonly type = "scope";
  readonly id: number;
  readonly site: number;
  /** Numbers of the threads started in it, in order. */
  readonly threads: number[] = [];
  /** How many of them have been waited for. */
  joined = 0;
  /** The first panic that nobody has seen, with its thread's name; "" where there is none. */
  panic = "";
  ended = false;

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }
}
