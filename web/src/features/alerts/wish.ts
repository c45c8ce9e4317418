import {
  formatInput,
  gridOf,
  type Market,
  type PriceAlertView,
  parseInput,
  priceToTicks,
  steppedOn,
  ticksToPrice,
} from "@cse/client";

/** From which side a price is waited for: a trade there or higher, or there or lower. */
export type Direction = PriceAlertView["direction"];

/** From which side the last price would come to another, both in ticks; null where it is there already. */
export function directionTo(wanted: bigint, last: bigint | null): Direction | null {
  if (wanted === last) return null;
  return last === null || wanted > last ? "at_or_above" : "at_or_below";
}

/** What a typed price would wait for, or why it cannot. */
export type Wish =
  | { readonly kind: "empty" }
  | { readonly kind: "refused"; readonly reason: "notPrice" | "offTick" | "there" }
  | { readonly kind: "ambiguous"; readonly first: string; readonly second: string }
  | {
      readonly kind: "ready";
      readonly direction: Direction;
      /** With the market's decimals, as the exchange takes it. */
      readonly price: string;
      /** Nothing has traded yet, so it is neither above nor below. */
      readonly first: boolean;
    };

/** Reads a typed price beside the last one, null before the first trade: which way it lies decides. */
export function wishOf(typed: string, locale: string, market: Market, last: string | null): Wish {
  const parsed = parseInput(typed, locale, market.tickDecimals);
  if (!parsed.ok) {
    if (parsed.reason === "empty") return { kind: "empty" };
    const [first, second] = parsed.readings ?? [];
    if (first !== undefined && second !== undefined) return { kind: "ambiguous", first, second };
    return { kind: "refused", reason: parsed.reason === "too_many_decimals" ? "offTick" : "notPrice" };
  }
  if (parsed.units === 0n) return { kind: "refused", reason: "notPrice" };
  if (parsed.units % market.tickSize !== 0n) return { kind: "refused", reason: "offTick" };
  const wanted = parsed.units / market.tickSize;
  const price = ticksToPrice(wanted, market);
  const direction = directionTo(wanted, last === null ? null : priceToTicks(last, market));
  if (direction === null) return { kind: "refused", reason: "there" };
  return { kind: "ready", direction, price, first: last === null };
}

/** A typed price, or the last one, moved by the market's steps; as it would be typed. */
export function steppedWish(
  typed: string,
  locale: string,
  market: Market,
  last: string | null,
  by: number,
): string {
  const grid = gridOf(market, "price");
  const parsed = parseInput(typed, locale, grid.decimals);
  const from = parsed.ok ? parsed.units : last === null ? 0n : priceToTicks(last, market) * grid.unit;
  return formatInput(steppedOn(grid, from, by), grid.decimals, locale);
}
