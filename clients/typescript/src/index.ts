export * from "./client.ts";
export * from "./decimals.ts";
export * from "./errors.ts";
export { CODES, type Code, type CodeEntry, type MoneyState } from "./generated/codes.ts";
export * from "./market.ts";
export * from "./numbers.ts";
export type { Session, SessionListener } from "./session.ts";
export * from "./stream/channels.ts";
