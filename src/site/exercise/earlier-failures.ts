import { signal } from "@preact/signals";
import type { CheckFailure, EarlierFailure, Reply } from "#worker";
import { isRecord, readStored, writeStored } from "../browser-storage.ts";
import type { Files } from "./work.ts";

/** A schedule on which a check failed, and the attempt whose code it was. */
export interface KeptFailure extends EarlierFailure {
  readonly attempt: number;
}

/** Of one check: the last schedule on which it failed, and the one before. */
interface Kept {
  readonly last: KeptFailure;
  readonly before?: KeptFailure;
}

type KeptByCheck = Readonly<Record<string, Kept>>;

/** What came of a kept schedule, and which code it was tried on. */
export interface EarlierAnswer {
  readonly kept: KeptFailure;
  readonly reply: Reply;
  readonly files: Files;
}

const key = (slug: string, version: number) => `interleave:failures:${slug}:v${version}`;

/** The failing schedules of one exercise, kept in this browser from one Check to the next, also where the check then passes. */
export class EarlierFailures {
  readonly #slug: string;
  readonly #version: number;
  readonly #kept = signal<KeptByCheck>({});
  /** By check; of those that were tried since the last verdict. */
  readonly answers = signal<Readonly<Record<string, EarlierAnswer>>>({});

  constructor({ slug, version }: { readonly slug: string; readonly version: number }) {
    this.#slug = slug;
    this.#version = version;
  }

  restore(): void {
    this.#kept.value = readKept(this.#slug, this.#version);
  }

  /** A verdict has come: keeps what failed, whatever the other checks came to. */
  keep(failures: readonly CheckFailure[], attempt: number): void {
    const failed = failures.filter(({ outcome }) => outcome.kind !== "inconclusive");
    this.#kept.value = failed.reduce((kept, failure) => addFailure(kept, failure, attempt), this.#kept.value);
    if (failed.length > 0) writeStored(key(this.#slug, this.#version), this.#kept.value);
  }

  /**
   * The schedule to try next: the last on which the check failed. Where it has just failed on that one, on this very code,
   * the one before.
   */
  offer(check: string, { failsNow }: { readonly failsNow: boolean }): KeptFailure | undefined {
    const kept = this.#kept.value[check];
    return failsNow ? kept?.before : kept?.last;
  }

  answer(answer: EarlierAnswer): void {
    this.answers.value = { ...this.answers.value, [answer.kept.check]: answer };
  }

  forgetAnswers(): void {
    this.answers.value = {};
  }
}

/** The same schedule again changes nothing. */
function addFailure(
  kept: KeptByCheck,
  { check, schedule, outcome }: CheckFailure,
  attempt: number,
): KeptByCheck {
  const known = kept[check];
  if (known?.last.schedule === schedule) return kept;
  const { kind, thread, message, errorName } = outcome;
  const failure = { kind, thread, message, ...(errorName !== undefined && { errorName }) };
  const last = { check, schedule, failure, attempt };
  return { ...kept, [check]: known === undefined ? { last } : { last, before: known.last } };
}

/** What is kept; what is not as it was written is left out. */
export function readKept(slug: string, version: number): KeptByCheck {
  const value = readStored(key(slug, version));
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([check, kept]) => {
      if (!isRecord(kept) || !isKept(kept["last"], check)) return [];
      const { last, before } = kept;
      return [[check, isKept(before, check) ? { last, before } : { last }]];
    }),
  );
}

function isKept(value: unknown, check: string): value is KeptFailure {
  return (
    isRecord(value) &&
    value["check"] === check &&
    typeof value["schedule"] === "string" &&
    typeof value["attempt"] === "number" &&
    isFailure(value["failure"])
  );
}

function isFailure(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { kind, thread, message, errorName } = value;
  const hasName = errorName === undefined || typeof errorName === "string";
  return typeof kind === "string" && typeof thread === "number" && typeof message === "string" && hasName;
}
