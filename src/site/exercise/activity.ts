import type { Progress } from "#worker";

/** What the engine is asked for. */
export type Task =
  | { readonly kind: "run" | "check" }
  /** An earlier failure of this check is tried on the code as it is now. */
  | { readonly kind: "follow"; readonly check: string };

/** What is under way. */
export type Activity =
  | { readonly kind: "idle" }
  | (Task & {
      readonly progress: Progress;
      readonly stopping: boolean;
    });

/** What is announced when it begins. */
export function describeBeginning({ kind }: Task): string {
  switch (kind) {
    case "run":
      return "Running.";
    case "check":
      return "Checking.";
    case "follow":
      return "Trying the old schedule.";
  }
}

/** Why nothing else can be asked for meanwhile. */
export function describeWait({ kind }: Activity): string {
  switch (kind) {
    case "idle":
      return "";
    case "run":
      return "The demo is running: stop it first";
    case "check":
      return "A check is under way: stop it first";
    case "follow":
      return "An old schedule is being tried: stop it first";
  }
}
