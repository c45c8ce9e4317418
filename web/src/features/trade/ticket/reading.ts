/** From the texts of the ticket to an order in ticks and lots, with what is wrong beside each field. */

import { type DraftOrder, type InputReason, type Market, type ParsedInput, parseInput } from "@cse/client";
import type { Draft } from "./draft";

/** Why a text is no number of the field; the step and the readings as decimal strings in units. */
export interface TextProblem {
  reason: Exclude<InputReason, "empty"> | "off_step";
  readings: readonly string[];
  /** The values on the grid around the one typed, in the field's own count. */
  nearest: readonly bigint[];
}

export interface FieldReading {
  /** Ticks, lots or quote units; undefined while there is nothing usable. */
  value: bigint | undefined;
  problem: TextProblem | null;
}

export interface DraftReading {
  order: DraftOrder;
  price: FieldReading;
  size: FieldReading;
  spend: FieldReading;
}

const NOTHING: FieldReading = { value: undefined, problem: null };

/** Reads the draft by the locale's rule. Nothing is rounded: what lies between two steps is a problem. */
export function readDraft(draft: Draft, market: Market, locale: string): DraftReading {
  const limit = draft.type === "limit";
  const bySpend = !limit && draft.by === "spend";
  const { tickDecimals, tickSize, priceIncrement, lotDecimals, lotSize, quantityIncrement } = market;
  const price = limit ? field(draft.price, tickDecimals, tickSize, priceIncrement, locale) : NOTHING;
  const size = bySpend ? NOTHING : field(draft.size, lotDecimals, lotSize, quantityIncrement, locale);
  const spend = bySpend ? field(draft.spend, market.quoteDecimals, 1n, 1n, locale) : NOTHING;
  return {
    order: {
      side: draft.side,
      type: draft.type,
      price: price.value,
      quantity: size.value,
      quoteAmount: spend.value,
      timeInForce: limit ? draft.timeInForce : undefined,
      postOnly: limit ? draft.postOnly : undefined,
    },
    price,
    size,
    spend,
  };
}

/** Whether every text that the type needs is a number. */
export function isComplete({ order }: DraftReading): boolean {
  if (order.type === "limit") return order.price !== undefined && order.quantity !== undefined;
  return order.quantity !== undefined || order.quoteAmount !== undefined;
}

/** `step` is one tick or lot, in whose count the value is; new orders go in `increment` of them. */
function field(
  text: string,
  decimals: number,
  step: bigint,
  increment: bigint,
  locale: string,
): FieldReading {
  if (text.trim() === "") return NOTHING;
  const parsed: ParsedInput = parseInput(text, locale, decimals);
  if (!parsed.ok) {
    if (parsed.reason === "empty") return NOTHING;
    return {
      value: undefined,
      problem: { reason: parsed.reason, readings: parsed.readings ?? [], nearest: [] },
    };
  }
  const { units } = parsed;
  const whole = step * increment;
  if (units % whole === 0n) return { value: units / step, problem: null };
  const below = (units / whole) * increment;
  return {
    value: undefined,
    problem: { reason: "off_step", readings: [], nearest: [below, below + increment] },
  };
}

/** The value some steps on: never below one step, and onto the grid from between two steps. */
export function stepped(text: string, decimals: number, step: bigint, locale: string, by: number): bigint {
  const parsed = parseInput(text, locale, decimals);
  const units = parsed.ok ? parsed.units : 0n;
  const down = by < 0 && units % step !== 0n ? 1n : 0n;
  const next = units / step + BigInt(by) + down;
  return next < 1n ? 1n : next;
}
