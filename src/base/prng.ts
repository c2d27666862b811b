/** A small seeded generator: the one door for chance. Same seed, same numbers, on every platform. */
export interface Prng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform integer in [0, n); n from 1 to 2^32. */
  below(n: number): number;
}

/**
 * xoshiro128** seeded through splitmix32, so that neighbouring seeds give unrelated streams.
 * Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2021.
 */
export function createPrng(seed: number): Prng {
  let s = seed >>> 0;
  const mix = (): number => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix();
  const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
  const bits = (): number => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  return {
    next: () => bits() / 4294967296,
    below: (n) => Math.floor((bits() / 4294967296) * n),
  };
}

/** The seed of part `index` of what `seed` begins: unrelated to its neighbours' and to those of other seeds. */
export function deriveSeed(seed: number, index: number): number {
  return createPrng(Math.floor(createPrng(seed).next() * 4294967296) ^ Math.imul(index, 0x9e3779b1)).below(
    4294967296,
  );
}
