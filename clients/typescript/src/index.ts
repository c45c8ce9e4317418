export * from "./accounts.ts";
export * from "./amend.ts";
export * from "./amendable.ts";
export * from "./apiKeys.ts";
export * from "./book.ts";
export { type CallOptions, Calls, type ClientOptions } from "./calls.ts";
export * from "./candles.ts";
export * from "./client.ts";
export * from "./crc32.ts";
export * from "./decimals.ts";
export * from "./desk.ts";
export * from "./draft.ts";
export * from "./errors.ts";
export * from "./fees.ts";
export { CODES, type Code, type CodeEntry, type MoneyState } from "./generated/codes.ts";
export * from "./generated/limits.ts";
export * from "./grid.ts";
export * from "./incidents.ts";
export * from "./intervals.ts";
export { type ApiKey, ed25519Key, hmacKey, type Signed, Signing } from "./keys.ts";
export * from "./levels.ts";
export * from "./lists.ts";
export * from "./market.ts";
export * from "./numbers.ts";
export * from "./organisations.ts";
export * from "./percent.ts";
export * from "./person.ts";
export * from "./placing.ts";
export { bandBound, type Problem, type ProblemCode, type ProblemField } from "./problems.ts";
export * from "./queues.ts";
export * from "./quote.ts";
export type { Session, SessionListener } from "./session.ts";
export * from "./stream/channels.ts";
export {
  type CancelOnDisconnect,
  type Guarded,
  OrderSocket,
  type OrderSocketOptions,
} from "./stream/orders.ts";
export { type BinarySocket, inMessagePack, type MessagePack } from "./stream/packed.ts";
export {
  type Identity,
  INITIAL_STATUS,
  StreamClient,
  type StreamOptions,
} from "./stream/page.ts";
export { inThisThread, type PagePort, type WorkerFactory } from "./stream/ports.ts";
export type { Network, OpenSocket, SocketLike } from "./stream/socket.ts";
export { SYSTEM_TIMING, type Timing } from "./timing.ts";
export * from "./triggers.ts";
export * from "./verification.ts";
export type { BookSides } from "./walk.ts";
