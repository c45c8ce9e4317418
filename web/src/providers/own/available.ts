/** What is free for an order, and what is held, out of a person's balances. */

import { type Available, type Balance, type Market, parseUnits } from "@cse/client";
import { VALUE_ASSET } from "../market/markets";

/** Null while the balances are not known; an asset without a balance is 0 of it. */
export function availableOf(balances: ReadonlyMap<string, Balance> | null, market: Market): Available | null {
  if (balances === null) return null;
  return {
    base: parseUnits(balances.get(market.base)?.available ?? "0", market.baseDecimals),
    quote: parseUnits(balances.get(market.quote)?.available ?? "0", market.quoteDecimals),
  };
}

/** How many tokens are owned, free or in orders: what positions are in. */
export function tokensHeld(balances: ReadonlyMap<string, Balance> | null): number {
  const held = [...(balances?.values() ?? [])].filter(
    ({ asset, available, locked }) => asset !== VALUE_ASSET && /[1-9]/.test(available + locked),
  );
  return held.length;
}

/** All that is owned of the base, and what of it open orders hold, in units; null while not known. */
export function heldOf(
  balances: ReadonlyMap<string, Balance> | null,
  market: Market,
): { held: bigint; locked: bigint } | null {
  if (balances === null) return null;
  const holding = balances.get(market.base);
  const locked = parseUnits(holding?.locked ?? "0", market.baseDecimals);
  return { held: parseUnits(holding?.available ?? "0", market.baseDecimals) + locked, locked };
}
