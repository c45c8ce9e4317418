"use client";

import { decimalsOf, divideToNearest, type Market, parseUnits } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { heldOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { exchangeOf, useSession } from "@/providers/session";

const AGAIN_MS = 15_000;

/** A cost for a whole unit of the base as a price, in ticks, to the nearest; it may have any decimals. */
export function costInTicks(cost: string, market: Pick<Market, "tickDecimals" | "tickSize">): bigint {
  const decimals = decimalsOf(cost);
  const dividend = parseUnits(cost, decimals) * 10n ** BigInt(market.tickDecimals);
  return divideToNearest(dividend, 10n ** BigInt(decimals) * market.tickSize);
}

/**
 * What the holding of a market's base asset cost on average, in ticks; null where nothing is held, or it is
 * not known. It is asked for anew with every fill, and now and then, as the ledger comes behind the fills.
 */
export function useAverageCost(market: Market): bigint | null {
  const account = useSession((state) => state.account);
  const newest = useOwn(
    (state) => state.fills.find((fill) => fill.market === market.market)?.trade_id ?? null,
  );
  const held = useOwn((state) => (heldOf(state.balances, market)?.held ?? 0n) > 0n);
  const { data } = useQuery({
    queryKey: ["own", "average", account, market.market, newest],
    queryFn: ({ signal }) => exchangeOf(account).portfolio("average", { signal }),
    enabled: account !== null && held,
    refetchInterval: AGAIN_MS,
    placeholderData: (before, of) =>
      of?.queryKey[2] === account && of.queryKey[3] === market.market ? before : undefined,
  });
  if (!held) return null;
  const cost = data?.positions.find((position) => position.asset === market.base)?.average_cost;
  return cost ? costInTicks(cost, market) : null;
}
