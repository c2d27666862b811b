import type { Editor } from "./editor.ts";
import type { Origins } from "./origin.ts";
import type { Scopes } from "./scope.ts";
import type { Sites } from "./sites.ts";

/** What every part of the instrumentation works on. */
export interface Instrumentation {
  readonly editor: Editor;
  readonly scopes: Scopes;
  readonly origins: Origins;
  readonly sites: Sites;
}
