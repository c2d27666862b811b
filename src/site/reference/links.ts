/** Owns: the reference's own pages, and links from one entry's text to another. Runs when the site is built. */
import { getCollection } from "astro:content";
import { addressOf, type ReferenceModule } from "#build";
import { findNamed } from "./names.ts";

/** The modules, in the order of the pages. */
export async function listModules(): Promise<readonly ReferenceModule[]> {
  const modules = await getCollection("reference");
  return modules
    .map(({ data }) => data)
    .sort((a, b) => a.position - b.position)
    .map(({ module }) => module);
}

/** Where, below `/reference/`, `name` is documented that an entry's text mentions; undefined for nothing, and for itself. */
export async function linkTo(name: string, specifier: string, entry: string): Promise<string | undefined> {
  const modules = await listModules();
  const own = modules.find((module) => module.specifier === specifier);
  const here = own?.entries.find((one) => one.name === entry);
  if (name !== entry && here?.members.some((member) => member.name === name))
    return addressOf(here.sameAs ?? specifier, entry, name);
  const names = { imported: importAll(own), declared: new Set<string>() };
  const found = findNamed(modules, name, names);
  if (found === undefined || (found.entry === entry && found.member === undefined)) return undefined;
  return addressOf(found.specifier, found.entry, found.member);
}

/** A module's text speaks of what the module has. */
function importAll(module: ReferenceModule | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(module?.entries.map(({ name }) => [name, new Set([module.specifier])]));
}
