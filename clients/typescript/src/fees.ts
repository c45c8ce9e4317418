/** Fees in quote units, by the rules of the core: rounded up over the running notional of a role. */

import { divideUp } from "./decimals.ts";
import { PPM } from "./generated/limits.ts";
import type { Market } from "./market.ts";

/** The fee so far of a role whose trades come to `notional`; a fill pays the difference to before. */
export function feeSoFar(ratePpm: bigint, notional: bigint): bigint {
  return divideUp(ratePpm * notional, PPM);
}

/** The highest rate that a buy may have to pay; never below zero. */
export function highestRatePpm(market: Market): bigint {
  const rates = [market.makerFeePpm, market.takerFeePpm, 0n];
  return rates.reduce((highest, rate) => (rate > highest ? rate : highest));
}

/** What a limit buy of `notional` holds at acceptance: one unit more, for each role is rounded on its own. */
export function limitBuyHold(notional: bigint, market: Market): bigint {
  const rate = highestRatePpm(market);
  return rate > 0n ? notional + feeSoFar(rate, notional) + 1n : notional;
}

/** What the resting part of a limit buy goes on holding, at most. */
export function restingBuyHold(notional: bigint, market: Market): bigint {
  const rate = market.makerFeePpm > 0n ? market.makerFeePpm : 0n;
  return notional + feeSoFar(rate, notional);
}

/** The largest notional whose hold as a limit buy is within `budget`. */
export function limitBuyNotional(budget: bigint, market: Market): bigint {
  const rate = highestRatePpm(market);
  const spendable = rate > 0n ? budget - 1n : budget;
  return spendable > 0n ? (spendable * PPM) / (PPM + rate) : 0n;
}

/** The largest notional that a taker can buy for `budget`, fee included. */
export function takerBuyNotional(budget: bigint, market: Market): bigint {
  return budget > 0n ? (budget * PPM) / (PPM + market.takerFeePpm) : 0n;
}

/** The creator's part of a fee, rounded down. */
export function creatorPart(fee: bigint, market: Market): bigint {
  return fee > 0n ? (market.creatorSharePpm * fee) / PPM : 0n;
}
