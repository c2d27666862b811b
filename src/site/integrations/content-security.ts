import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Writes a content security policy into every built page: only the site's own files, its own inline scripts
 * (by hash) and WebAssembly. Astro's policy also hashes styles, which makes browsers ignore the inline styles
 * that highlighted code and the editor are laid out with; so this one is ours.
 */
export function contentSecurity(): AstroIntegration {
  return {
    name: "content-security",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const root = fileURLToPath(dir);
        const names = await readdir(root, { recursive: true });
        for (const name of names) {
          if (!name.endsWith(".html")) continue;
          const file = join(root, name);
          await writeFile(file, withPolicy(await readFile(file, "utf8")));
        }
      },
    },
  };
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

function withPolicy(html: string): string {
  const hashes = new Set<string>();
  for (const [, script = ""] of html.matchAll(INLINE_SCRIPT)) {
    hashes.add(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  }
  const policy = [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...[...hashes].sort()].join(" ")}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ");
  return html.replace("<head>", `<head><meta http-equiv="content-security-policy" content="${policy}">`);
}
