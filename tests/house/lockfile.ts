/** The part of package-lock.json that these rules read. */
export interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly resolved?: string;
        readonly optionalDependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
}

/** Where Node would find `name` from the package at `from`: nested first, then every level up to the root. */
function isInstalledFor(lock: Lock, from: string, name: string): boolean {
  let base = from;
  while (true) {
    const place = base === "" ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (place in lock.packages) return true;
    if (base === "") return false;
    const up = base.lastIndexOf("/node_modules/");
    base = up === -1 ? "" : base.slice(0, up);
  }
}

/**
 * What would keep `npm ci` from working on another machine: an entry that is bound to one registry, or a package for
 * another platform that npm left out because it could not be had when the lock was written.
 */
export function findLockFindings(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const bound =
      entry.resolved === undefined
        ? []
        : [
            `${path} has a "resolved" address. Keep omit-lockfile-registry-resolved=true in .npmrc and install again`,
          ];
    const missing = Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isInstalledFor(lock, path, name))
      .map(
        (name) =>
          `${path || "package.json"} wants ${name} for other platforms, and it is not in the lock. ` +
          "Pin a version of which every platform's package can be had",
      );
    return [...bound, ...missing];
  });
}
