/** From the texts of the ticket to an order in ticks and lots, with what is wrong beside each field. */

import {
  type DraftList,
  type DraftOrder,
  type Grid,
  gridOf,
  type InputReason,
  type Market,
  type ParsedInput,
  parseInput,
} from "@cse/client";
import type { Draft } from "./draft";
import {
  type FieldName,
  hasLimit,
  hasWorst,
  isBracket,
  isBySpend,
  isWaiting,
  mayBeShownInPart,
  neededFields,
} from "./kinds";

/** Why a text is no number of the field; the step and the readings as decimal strings in units. */
export interface TextProblem {
  reason: Exclude<InputReason, "empty"> | "off_step";
  readings: readonly string[];
  /** The values on the grid around the one typed, in the field's own count. */
  nearest: readonly bigint[];
  /** How many decimals the field takes. */
  decimals: number;
}

interface FieldReading {
  /** Ticks, lots, quote units or parts per million; undefined while there is nothing usable. */
  value: bigint | undefined;
  problem: TextProblem | null;
}

/** The fields that hold a number. */
export type NumberName = Exclude<FieldName, "until">;

export interface DraftReading extends Record<NumberName, FieldReading> {
  /** The order; of several that are linked the first. */
  order: DraftOrder;
  /** All of them, where they are several. */
  list: DraftList | null;
  /** Whether every field that the kind needs can be read. */
  complete: boolean;
}

const NOTHING: FieldReading = { value: undefined, problem: null };
const PERCENT_DECIMALS = 4;

/** Reads the draft by the locale's rule. Nothing is rounded: what lies between two steps is a problem. */
export function readDraft(draft: Draft, market: Market, locale: string): DraftReading {
  const fields = fieldsOf(draft, market, locale);
  const { order, list } = ordersOf(draft, fields);
  const complete = neededFields(draft).every((name) =>
    name === "until" ? order.expiresAt !== undefined : fields[name].value !== undefined,
  );
  return { ...fields, order, list, complete };
}

/** Each field that the draft has; what it has not is nothing, whatever stands in it. */
function fieldsOf(draft: Draft, market: Market, locale: string): Record<NumberName, FieldReading> {
  const [prices, quantities] = [gridOf(market, "price"), gridOf(market, "quantity")];
  const plain = (decimals: number): Grid => ({ decimals, unit: 1n, step: 1n });
  const { type } = draft;
  const trailing = type === "trailing_stop";
  const bracket = isBracket(draft);
  const price = (text: string, there: boolean) => (there ? field(text, prices, locale) : NOTHING);
  const lots = (text: string, there: boolean) => (there ? field(text, quantities, locale) : NOTHING);
  return {
    price: price(draft.price, hasLimit(type)),
    size: lots(draft.size, !isBySpend(draft)),
    spend: isBySpend(draft) ? field(draft.spend, plain(market.quoteDecimals), locale) : NOTHING,
    stop: price(draft.stop, (isWaiting(type) && !trailing) || bracket),
    trail:
      trailing && draft.trailBy === "percent"
        ? field(draft.trail, plain(PERCENT_DECIMALS), locale)
        : price(draft.trail, trailing),
    worst: price(draft.worst, hasWorst(draft)),
    shown: lots(draft.shown, mayBeShownInPart(draft)),
    profit: price(draft.profit, bracket),
  };
}

function ordersOf(
  draft: Draft,
  fields: Record<NumberName, FieldReading>,
): { order: DraftOrder; list: DraftList | null } {
  const { side, type } = draft;
  const stands = type !== "market";
  const common = {
    side,
    quantity: fields.size.value,
    timeInForce: stands ? draft.timeInForce : undefined,
    expiresAt: stands && draft.timeInForce === "gtd" ? instantOf(draft.until) : undefined,
    selfTrade: draft.selfTrade === "cancel_newest" ? undefined : draft.selfTrade,
  };
  if (type === "oco") {
    const limit: DraftOrder = { ...common, type: "limit", price: fields.price.value };
    const stop: DraftOrder = {
      ...common,
      type: "stop_loss",
      stopPrice: fields.stop.value,
      price: fields.worst.value,
    };
    return { order: limit, list: { kind: "oco", orders: [limit, stop] } };
  }
  const order: DraftOrder = {
    ...common,
    type,
    price: hasLimit(type) ? fields.price.value : fields.worst.value,
    quoteAmount: fields.spend.value,
    displayQuantity: fields.shown.value,
    postOnly: type === "limit" ? draft.postOnly : undefined,
    ...(type === "trailing_stop" && { trailing: trailingOf(draft, fields.trail.value) }),
    ...(isWaiting(type) && type !== "trailing_stop" && { stopPrice: fields.stop.value }),
  };
  if (!isBracket(draft)) return { order, list: null };
  const profit: DraftOrder = { side: "sell", type: "limit", price: fields.profit.value };
  const stop: DraftOrder = { side: "sell", type: "stop_loss", stopPrice: fields.stop.value };
  return { order, list: { kind: "bracket", orders: [order, profit, stop] } };
}

function trailingOf({ trailBy }: Draft, value: bigint | undefined): DraftOrder["trailing"] {
  if (value === undefined) return undefined;
  return trailBy === "percent" ? { ppm: value } : { ticks: value };
}

/** A day and time as the browser's field has it, at the reader's place, as an instant. */
function instantOf(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** The value counts in the grid's ticks or lots. */
function field(text: string, { decimals, unit, step }: Grid, locale: string): FieldReading {
  if (text.trim() === "") return NOTHING;
  const parsed: ParsedInput = parseInput(text, locale, decimals);
  if (!parsed.ok) {
    if (parsed.reason === "empty") return NOTHING;
    return {
      value: undefined,
      problem: { reason: parsed.reason, readings: parsed.readings ?? [], nearest: [], decimals },
    };
  }
  const { units } = parsed;
  if (units % step === 0n) return { value: units / unit, problem: null };
  const below = units - (units % step);
  const nearest = [below / unit, (below + step) / unit];
  return { value: undefined, problem: { reason: "off_step", readings: [], nearest, decimals } };
}
