import { changePpm, decimalsOf, formatUnits, parseUnits, spreadPpm, type Ticker } from "@cse/client";

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

/** The spread of the best prices that a ticker has, in parts per million; null where there is none. */
export function tickerSpreadPpm(ticker: Ticker | undefined): bigint | null {
  if (ticker?.best_bid == null || ticker.best_ask == null) return null;
  const places = Math.max(decimalsOf(ticker.best_bid), decimalsOf(ticker.best_ask));
  return spreadPpm(parseUnits(ticker.best_bid, places), parseUnits(ticker.best_ask, places));
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
