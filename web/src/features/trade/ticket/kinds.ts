/** The kinds of orders that the ticket writes, and which fields each of them has. */

import type { TimeInForce } from "@cse/client";

/** Those that wait for a trade, in the order of the menu. */
export const WAITING_KINDS = [
  "stop_loss",
  "stop_limit",
  "take_profit",
  "take_profit_limit",
  "trailing_stop",
  "oco",
] as const;
export const KINDS = ["limit", "market", ...WAITING_KINDS] as const;
export const SELF_TRADE_RULES = ["cancel_newest", "cancel_oldest", "cancel_both", "decrement"] as const;

type Kind = (typeof KINDS)[number];
export type WaitingKind = (typeof WAITING_KINDS)[number];

/** A field of the ticket by the name of its input. */
export type FieldName =
  | "price"
  | "size"
  | "spend"
  | "stop"
  | "trail"
  | "worst"
  | "shown"
  | "profit"
  | "until";

/** What of a draft decides its fields. */
export interface Shape {
  readonly side: "buy" | "sell";
  readonly type: Kind;
  readonly by: "quantity" | "spend";
  readonly exits: boolean;
  readonly timeInForce: TimeInForce;
}

export function isWaiting(type: Kind): type is WaitingKind {
  return type !== "limit" && type !== "market";
}

/** Whether it has a limit of its own; an OCO has that of its first order. */
export function hasLimit(type: Kind): boolean {
  return type === "limit" || type === "stop_limit" || type === "take_profit_limit" || type === "oco";
}

/** Whether the book may show a part of it at a time. */
export function mayBeShownInPart(shape: Shape): boolean {
  return hasLimit(shape.type) && shape.type !== "oco" && restsFor(shape.timeInForce);
}

/** Whether it may be written as an amount to spend or to receive: market orders, and buys that become one. */
export function maySpend({ side, type }: Pick<Shape, "side" | "type">): boolean {
  return !hasLimit(type) && (type === "market" || side === "buy");
}

export function isBySpend(shape: Pick<Shape, "side" | "type" | "by">): boolean {
  return maySpend(shape) && shape.by === "spend";
}

/** Whether it is a buy that brings its take-profit and stop with it. */
export function isBracket({ side, type, exits }: Pick<Shape, "side" | "type" | "exits">): boolean {
  return exits && type === "limit" && side === "buy";
}

/** How long a kind may stand; market orders never do. */
export function timesOf(type: Kind): readonly TimeInForce[] {
  if (type === "market") return [];
  return hasLimit(type) && type !== "oco" ? ["gtc", "gtd", "day", "ioc", "fok"] : ["gtc", "gtd", "day"];
}

/** Whether what does not trade at once stays. */
export function restsFor(time: TimeInForce): boolean {
  return time !== "ioc" && time !== "fok";
}

/** The fields without which there is no order, in the order in which they stand. */
export function neededFields(shape: Shape): FieldName[] {
  const { side, type } = shape;
  const fields: FieldName[] = [];
  if (isWaiting(type)) fields.push(type === "trailing_stop" ? "trail" : "stop");
  if (hasLimit(type)) fields.push("price");
  if (needsWorst(shape)) fields.push("worst");
  fields.push(isBySpend(shape) ? "spend" : "size");
  if (isBracket({ side, type, exits: shape.exits })) fields.push("profit", "stop");
  if (shape.timeInForce === "gtd") fields.push("until");
  return fields;
}

/** Whether its worst price must be told: what a buy by quantity may cost is held while it waits. */
export function needsWorst(shape: Shape): boolean {
  return isWaiting(shape.type) && hasWorst(shape) && shape.side === "buy" && !isBySpend(shape);
}

/** Whether a part of it trades at market, and so may have a worst price. */
export function hasWorst({ type }: Pick<Shape, "type">): boolean {
  return !hasLimit(type) || type === "oco";
}
