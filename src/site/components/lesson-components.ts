import Aside from "./aside.astro";
import Example from "./example.astro";
import Exercise from "./exercise.astro";
import Figure from "./figure.astro";
import OneClock from "./one-clock.astro";
import Pair from "./pair.astro";
import Predict from "./predict.astro";
import Quiz from "./quiz.astro";
import Rust from "./rust.astro";
import Source from "./source.astro";
import TypeScript from "./typescript.astro";

/** What lesson text may use without importing it. */
export const LESSON_COMPONENTS = {
  Aside,
  Example,
  Exercise,
  Figure,
  OneClock,
  Pair,
  Predict,
  Quiz,
  Rust,
  Source,
  TypeScript,
};
