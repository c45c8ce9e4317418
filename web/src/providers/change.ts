import { changePpm, decimalsOf, formatUnits, parseUnits, type Ticker } from "@cse/client";

/** The change of the last 24 hours in parts per million; null where there was no trade. */
export function dayChangePpm(ticker: Ticker | undefined): bigint | null {
  return ticker ? pricesChangePpm(ticker.last_price, ticker.open_24h) : null;
}

/** A price against an earlier one, both as the wire has them. */
export function pricesChangePpm(
  now: string | null | undefined,
  before: string | null | undefined,
): bigint | null {
  if (now == null || before == null) return null;
  const places = Math.max(decimalsOf(now), decimalsOf(before));
  return changePpm(parseUnits(now, places), parseUnits(before, places));
}

/** Best ask less best bid in parts per million of the middle; null where a side is empty. */
export function spreadPpm(ticker: Ticker | undefined): bigint | null {
  if (ticker?.best_bid == null || ticker.best_ask == null) return null;
  const places = Math.max(decimalsOf(ticker.best_bid), decimalsOf(ticker.best_ask));
  const bid = parseUnits(ticker.best_bid, places);
  const ask = parseUnits(ticker.best_ask, places);
  if (bid + ask <= 0n) return null;
  return ((ask - bid) * 2_000_000n + (ask + bid) / 2n) / (ask + bid);
}

/** Amounts that were decimal strings, added up exactly. */
export function sumOf(amounts: readonly string[]): string {
  const places = Math.max(0, ...amounts.map(decimalsOf));
  const units = amounts.reduce((sum, amount) => sum + parseUnits(amount, places), 0n);
  return formatUnits(units, places);
}

/** Compares two decimal strings; unknown ones stand below all others. */
export function compareDecimals(a: string | null | undefined, b: string | null | undefined): number {
  if (a == null || b == null) return a == null ? (b == null ? 0 : -1) : 1;
  const places = Math.max(decimalsOf(a), decimalsOf(b));
  const left = parseUnits(a, places);
  const right = parseUnits(b, places);
  return left < right ? -1 : left > right ? 1 : 0;
}
