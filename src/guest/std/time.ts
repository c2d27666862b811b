export { Instant } from "./instant.ts";
