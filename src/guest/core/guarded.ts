import { registerParts } from "./captures.ts";
import { checkOwned } from "./copies.ts";
import { isMutator } from "./mutators.ts";

type Method = (this: unknown, ...given: never[]) => unknown;

/** Functions of the language that change their first argument. */
const CHANGING: readonly (readonly [holder: object, names: readonly string[]])[] = [
  [Object, ["assign", "defineProperty", "defineProperties", "setPrototypeOf"]],
  [Reflect, ["set", "defineProperty", "deleteProperty", "setPrototypeOf"]],
];

/**
 * Wraps the language's functions that this library must see: those that change an object by another way than
 * an assignment, `bind`, whose result hides what it holds, and `Proxy`, which would run code when looked into.
 */
export function guardLanguage(): void {
  for (const [holder, names] of CHANGING) for (const name of names) checkFirst(holder, name);
  const { apply } = Reflect;
  replace(Reflect, "apply", (method: Method, self: unknown, given: []) => {
    if (isMutator(method)) checkOwned(self);
    return apply(method, self, given);
  });
  rememberBound();
  rememberProxies();
}

function checkFirst(holder: object, name: string): void {
  const original = Reflect.get(holder, name) as Method;
  const { apply } = Reflect;
  replace(holder, name, (...given: never[]) => {
    checkOwned(given[0]);
    return apply(original, holder, given);
  });
}

/** A bound function carries its function, `this` and arguments. */
function rememberBound(): void {
  const original = Function.prototype.bind as Method;
  const { apply } = Reflect;
  const { bind } = {
    bind(this: unknown, ...given: never[]) {
      return registerParts(apply(original, this, given) as Method, [this, ...given]);
    },
  };
  replace(Function.prototype, "bind", bind);
}

/** A proxy carries its target and its handler. */
function rememberProxies(): void {
  const Original = Proxy;
  const make = function (target: object, handler: object): object {
    if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    return registerParts(new Original(target, handler), [target, handler]);
  };
  const revocable = (target: object, handler: object): object => {
    const made = Original.revocable(target, handler);
    registerParts(made.proxy, [target, handler]);
    return made;
  };
  Object.defineProperty(make, "prototype", { value: undefined, writable: false });
  replace(make, "revocable", revocable);
  replace(globalThis, "Proxy", make);
}

/** Puts `value` where `holder[name]` was, under the same name and as hidden as before. */
function replace(holder: object, name: string, value: (...given: never[]) => unknown): void {
  Object.defineProperty(value, "name", { value: name, configurable: true });
  Object.defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true });
}
