export { AsyncTcpListener } from "./async-tcp-listener.ts";
export { AsyncTcpStream, type AsyncWriteError } from "./async-tcp-stream.ts";
export type { BindOptions } from "../std/tcp-listener.ts";
export type { Shutdown } from "../std/tcp-stream.ts";
export type { Result } from "../core/result.ts";
