export * from "./text-files.ts";
export * from "./problem.ts";
export * from "./exercise-schema.ts";
export * from "./exercise.ts";
export * from "./check-bundle.ts";
export * from "./lesson-schema.ts";
export * from "./lesson.ts";
export * from "./near-names.ts";
