/** The rows of a book that are shown, and what taking them would come to. */

import { type GroupedLevel, groupLevels, type LevelPair } from "@cse/client";

export type BookSide = "bid" | "ask";

/** In what sizes and totals are: the base asset's lots, or the quote asset, as ticks times lots. */
export type BookUnit = "base" | "quote";

/** What a bar is as long as: all down to its row, or the row alone. */
export type BookBars = "cumulative" | "level";

/** A row with its figures in the unit that is shown. */
export interface BookRow extends GroupedLevel {
  readonly size: bigint;
  readonly total: bigint;
  readonly ownSize: bigint;
}

/** The first `count` groups of a side, from its levels, best first, and one's own open lots by ticks. */
export function bookRows(
  side: BookSide,
  levels: readonly LevelPair[],
  multiple: bigint,
  count: number,
  own: ReadonlyMap<bigint, bigint>,
  unit: BookUnit = "base",
): BookRow[] {
  const groups = groupLevels(levels, multiple, side === "bid" ? "bids" : "asks", count, own);
  return unit === "base" ? groups.map(inBase) : inQuote(groups, levels, own);
}

function inBase(group: GroupedLevel): BookRow {
  return { ...group, size: group.quantity, total: group.cumulative, ownSize: group.own };
}

/** Each level at its own price, whatever the price of its group is. */
function inQuote(
  groups: readonly GroupedLevel[],
  levels: readonly LevelPair[],
  own: ReadonlyMap<bigint, bigint>,
): BookRow[] {
  let at = 0;
  let total = 0n;
  return groups.map((group) => {
    let [size, ownSize] = [0n, 0n];
    for (let left = group.quantity; left > 0n; at += 1) {
      const [ticks, lots] = levels[at] as LevelPair;
      size += ticks * lots;
      ownSize += ticks * (own.get(ticks) ?? 0n);
      left -= lots;
    }
    total += size;
    return { ...group, size, total, ownSize };
  });
}

/** What a row's bar stands for. */
export function barOf(row: BookRow, bars: BookBars): bigint {
  return bars === "level" ? row.size : row.total;
}

/** The longest bar of both sides, to which all of both are drawn. */
export function commonScale(
  bids: readonly BookRow[],
  asks: readonly BookRow[],
  bars: BookBars = "cumulative",
): bigint {
  let longest = 0n;
  for (const row of [...bids, ...asks]) {
    const length = barOf(row, bars);
    if (length > longest) longest = length;
  }
  return longest;
}

/** What taking a side down to a price would come to. */
export interface Sweep {
  lots: bigint;
  /** Sum of price times quantity, in ticks times lots. */
  tickLots: bigint;
}

/** Sums up the levels at `limit` or better. */
export function sweepTo(side: BookSide, levels: readonly LevelPair[], limit: bigint): Sweep {
  let lots = 0n;
  let tickLots = 0n;
  for (const [ticks, quantity] of levels) {
    if (side === "ask" ? ticks > limit : ticks < limit) break;
    lots += quantity;
    tickLots += ticks * quantity;
  }
  return { lots, tickLots };
}
