/**
 * Going through the opposite side as the core would.
 *
 * Levels stand for the orders in them: fees run over the whole of an order's notional, so it makes no
 * difference how the lots of a level are spread.
 */

import { takerBuyNotional } from "./fees.ts";
import type { Level, LevelPair } from "./levels.ts";
import type { Market, Side } from "./market.ts";

/** What an order would take. */
export interface Walk {
  readonly fills: readonly Level[];
  readonly lots: bigint;
  readonly notional: bigint;
  /** Whether it ended for want of orders. */
  readonly exhausted: boolean;
}

/** Both sides, best first. */
export interface BookSides {
  readonly bids: readonly (Level | LevelPair)[];
  readonly asks: readonly (Level | LevelPair)[];
}

/** The side that an order of `side` trades with. */
export function oppositeLevels(book: BookSides, side: Side): Level[] {
  return (side === "buy" ? book.asks : book.bids).map(levelOf);
}

function levelOf(level: Level | LevelPair): Level {
  return "price" in level ? level : { price: level[0], quantity: level[1] };
}

/** At most `lots`, no further than `limit` where there is one. */
export function walkLots(
  levels: readonly Level[],
  lots: bigint,
  side: Side,
  market: Market,
  limit?: bigint,
): Walk {
  const crosses = ({ price }: Level): boolean =>
    limit === undefined || (side === "buy" ? price <= limit : price >= limit);
  return walk(levels, market, (level, taken) => (crosses(level) ? lots - taken.lots : 0n));
}

/** What a market buy gets for `amount` quote units, fee included. */
export function walkSpend(levels: readonly Level[], amount: bigint, market: Market): Walk {
  return walkProceeds(levels, takerBuyNotional(amount, market), market);
}

/** What a market sell gives for `amount` quote units before its fee. */
export function walkProceeds(levels: readonly Level[], amount: bigint, market: Market): Walk {
  return walk(
    levels,
    market,
    ({ price }, taken) => (amount - taken.notional) / (price * market.tickLotUnits),
  );
}

/** Takes from each level what is wanted of it, until one gives less than it has. */
function walk(
  levels: readonly Level[],
  market: Market,
  wantedOf: (level: Level, taken: { lots: bigint; notional: bigint }) => bigint,
): Walk {
  const fills: Level[] = [];
  let lots = 0n;
  let notional = 0n;
  for (const level of levels) {
    const wanted = wantedOf(level, { lots, notional });
    const quantity = wanted < level.quantity ? wanted : level.quantity;
    if (quantity > 0n) {
      fills.push({ price: level.price, quantity });
      lots += quantity;
      notional += level.price * quantity * market.tickLotUnits;
    }
    if (wanted <= level.quantity) return { fills, lots, notional, exhausted: false };
  }
  return { fills, lots, notional, exhausted: true };
}
