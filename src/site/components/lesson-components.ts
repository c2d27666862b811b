import Aside from "./aside.astro";
import Example from "./example.astro";
import Exercise from "./exercise.astro";
import Pair from "./pair.astro";
import Quiz from "./quiz.astro";
import Rust from "./rust.astro";
import Source from "./source.astro";
import TypeScript from "./typescript.astro";

/** What lesson text may use without importing it. */
export const LESSON_COMPONENTS = { Aside, Example, Exercise, Pair, Quiz, Rust, Source, TypeScript };
