export { TcpListener, type BindOptions } from "./tcp-listener.ts";
export { TcpStream, type ReadError, type Shutdown, type WriteError } from "./tcp-stream.ts";
export { poll, type Interest, type Pollable, type Readiness } from "./poll.ts";
export type { Result } from "../core/result.ts";
