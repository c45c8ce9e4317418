"use client";

import { decimalsOf, divideToNearest, type Market, type PositionView, parseUnits } from "@cse/client";
import { heldOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { usePortfolio } from "@/providers/portfolio";

/** A cost for a whole unit of the base as a price, in ticks, to the nearest; it may have any decimals. */
export function costInTicks(cost: string, market: Pick<Market, "tickDecimals" | "tickSize">): bigint {
  const decimals = decimalsOf(cost);
  const dividend = parseUnits(cost, decimals) * 10n ** BigInt(market.tickDecimals);
  return divideToNearest(dividend, 10n ** BigInt(decimals) * market.tickSize);
}

/** What the holding of a market's base asset cost; null where nothing is held, or it is not known yet. */
export function usePosition(market: Market): PositionView | null {
  const held = useOwn((state) => (heldOf(state.balances, market)?.held ?? 0n) > 0n);
  const { data } = usePortfolio("average", held);
  if (!held) return null;
  return data?.positions.find((position) => position.asset === market.base) ?? null;
}

/** The same on average, in ticks. */
export function useAverageCost(market: Market): bigint | null {
  const cost = usePosition(market)?.average_cost;
  return cost ? costInTicks(cost, market) : null;
}
