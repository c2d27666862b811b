export * from "./protocol.ts";
export { EngineClient, type JobOptions } from "./client.ts";
