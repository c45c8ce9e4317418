/** When a price alert was reached: by what the exchange says, which is looked at anew once a price is there. */

import { type Market, type PriceAlertView, priceToTicks } from "@cse/client";

/** Those that waited when they were looked at before, and have been reached since. */
export function newlyReached(
  before: readonly PriceAlertView[] | undefined,
  now: readonly PriceAlertView[] | undefined,
): PriceAlertView[] {
  const waited = new Set(before?.filter((one) => one.reached_at === null).map(({ id }) => id));
  return (now ?? []).filter((one) => one.reached_at !== null && waited.has(one.id));
}

/** Those of a market that wait. */
export function waitingIn(alerts: readonly PriceAlertView[] | undefined, market: string): PriceAlertView[] {
  return (alerts ?? []).filter((one) => one.market === market && one.reached_at === null);
}

/** Whether a trade at a price reaches it. */
export function isThere(alert: PriceAlertView, last: bigint, market: Market): boolean {
  const wanted = priceToTicks(alert.price, market);
  return alert.direction === "at_or_above" ? last >= wanted : last <= wanted;
}
