/**
 * The order book as a client holds it: a snapshot, and the differences since.
 *
 * It is right or it is empty: after a gap, a checksum that does not fit or a level that cannot be read
 * it drops everything and takes only a snapshot. In an auction it may be crossed.
 */

import { crc32 } from "./crc32.ts";
import { type BookSide, type GroupedLevel, groupLevels, type Level } from "./levels.ts";
import { type Market, priceToTicks, quantityToLots } from "./market.ts";
import { follow, type Placed, type Position } from "./position.ts";

/** Price and quantity as the wire has them; quantity `0` says that the level is gone. */
export type WireLevel = readonly [price: string, quantity: string];

export interface BookData {
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
  /** CRC-32 over the best ten of each side after this message. */
  readonly checksum?: number;
}

/** A message of `orderbook.*`. */
export interface BookMessage extends Placed {
  /** RFC 3339. */
  readonly time: string;
  readonly data: BookData;
}

/** `known`: nothing new in it. All others but `applied` have emptied the book. */
export type BookOutcome = "applied" | "known" | "gap" | "checksum" | "malformed";

/** So many levels of each side, the best ones, are always known; what lies behind them may be left out. */
export const BOOK_LEVELS_KNOWN = 500;
const LEVELS_KEPT = 2 * BOOK_LEVELS_KNOWN;
const CHECKED_LEVELS = 10;

interface HeldLevel extends Level {
  /** As the wire had it, for the checksum. */
  readonly text: string;
}

export class OrderBook {
  readonly market: Market;
  #bids: HeldLevel[] = [];
  #asks: HeldLevel[] = [];
  #position: Position | null = null;
  #at = 0;

  constructor(market: Market) {
    this.market = market;
  }

  /** Best first. */
  get bids(): readonly Level[] {
    return this.#bids;
  }

  /** Best first. */
  get asks(): readonly Level[] {
    return this.#asks;
  }

  /** Null while there is no book. */
  get position(): Position | null {
    return this.#position;
  }

  get sequence(): bigint {
    return this.#position?.sequence ?? 0n;
  }

  /** The server's time of the last change, in milliseconds since 1970. */
  get at(): number {
    return this.#at;
  }

  apply(message: BookMessage): BookOutcome {
    const following = follow(this.#position, message);
    if (following.kind === "known") return "known";
    if (following.kind === "gap") return this.#drop("gap");
    if (message.type === "snapshot") this.clear();
    try {
      this.#bids = this.#changed(this.#bids, message.data.bids, "bids");
      this.#asks = this.#changed(this.#asks, message.data.asks, "asks");
    } catch {
      return this.#drop("malformed");
    }
    const checksum = message.data.checksum;
    if (checksum !== undefined && checksum !== this.checksum()) return this.#drop("checksum");
    this.#position = following.position;
    this.#at = Date.parse(message.time);
    return "applied";
  }

  /** Empties the book; only a snapshot fills it again. */
  clear(): void {
    this.#bids = [];
    this.#asks = [];
    this.#position = null;
  }

  /** CRC-32 over the best ten levels of each side as they are written on the wire. */
  checksum(): number {
    const texts = (levels: readonly HeldLevel[]): string =>
      levels
        .slice(0, CHECKED_LEVELS)
        .map((level) => level.text)
        .join(",");
    return crc32(`${texts(this.#bids)}|${texts(this.#asks)}`);
  }

  /** Rows of `multiple` ticks with running totals, best first. */
  grouped(multiple: bigint, side: BookSide, rows: number): GroupedLevel[] {
    return groupLevels(side === "bids" ? this.#bids : this.#asks, multiple, side, rows);
  }

  #drop(outcome: BookOutcome): BookOutcome {
    this.clear();
    return outcome;
  }

  #changed(levels: HeldLevel[], changes: readonly WireLevel[], side: BookSide): HeldLevel[] {
    for (const [price, quantity] of changes) {
      const level: HeldLevel = {
        price: priceToTicks(price, this.market),
        quantity: quantityToLots(quantity, this.market),
        text: `${price}:${quantity}`,
      };
      if (level.quantity < 0n || level.price <= 0n) throw new RangeError("a level is below zero");
      setLevel(levels, level, side);
    }
    if (levels.length > LEVELS_KEPT) levels.length = LEVELS_KEPT;
    return levels;
  }
}

/** Puts a level in its place, or takes it away where nothing rests any more. */
function setLevel(levels: HeldLevel[], level: HeldLevel, side: BookSide): void {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const held = levels[middle] as HeldLevel;
    const better = side === "bids" ? held.price > level.price : held.price < level.price;
    if (better) low = middle + 1;
    else high = middle;
  }
  const found = levels[low]?.price === level.price;
  if (level.quantity === 0n) {
    if (found) levels.splice(low, 1);
  } else if (found) levels[low] = level;
  else levels.splice(low, 0, level);
}
