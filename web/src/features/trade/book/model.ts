/**
 * The book as both of its canvases and its hover card see it: one grouping, one scale, one active row.
 *
 * Rows are worked out once for each change of book, grouping, size or own orders, not once for each drawing.
 */

import { type BookFrame, groupingMultiples, nearestMultiple } from "@cse/client";
import type { MarketFeed } from "../feed/marketFeed";
import { Flashes } from "./flashes";
import { type BookBars, type BookRow, type BookSide, type BookUnit, bookRows, commonScale } from "./rows";

export type BookView = "both" | "bids" | "asks";

interface ActiveRow {
  side: BookSide;
  index: number;
}

/** What the ticket's draft would take at once: down to a price, on the side opposite to its own. */
interface Taken {
  side: BookSide;
  to: bigint;
}

interface SideRows {
  rows: readonly BookRow[];
  capacity: number;
}

const NONE: ReadonlyMap<bigint, bigint> = new Map();

export class BookModel {
  private multiple = 1n;
  private capacity: Record<BookSide, number> = { bid: 10, ask: 10 };
  private own: Record<BookSide, ReadonlyMap<bigint, bigint>> = { bid: NONE, ask: NONE };
  private rows: Record<BookSide, readonly BookRow[]> = { bid: [], ask: [] };
  private workedOutFor: BookFrame | null | undefined = undefined;
  private readonly flashes: Record<BookSide, Flashes> = { bid: new Flashes(), ask: new Flashes() };
  private readonly listeners = new Set<() => void>();
  /** How rows are shown; other sizes of the unit are no change of the book. */
  unit: BookUnit = "base";
  bars: BookBars = "cumulative";
  scale = 0n;
  active: ActiveRow | null = null;
  taken: Taken | null = null;

  constructor(
    readonly feed: MarketFeed,
    private readonly flashing: boolean,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get book(): BookFrame | null {
    return this.feed.getState().book;
  }

  /** Calls back whenever the picture may have changed. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    const end = this.feed.subscribe((state, before) => {
      if (state.book !== before.book) listener();
    });
    return () => {
      this.listeners.delete(listener);
      end();
    };
  }

  side(side: BookSide): SideRows {
    this.workOut();
    return { rows: this.rows[side], capacity: this.capacity[side] };
  }

  flash(side: BookSide, price: bigint): number {
    return this.flashing ? this.flashes[side].strength(price, this.now()) : 0;
  }

  nextFlashChange(side: BookSide): number | null {
    return this.flashing ? this.flashes[side].nextChange(this.now()) : null;
  }

  /** The middle in ticks, rounded down; null while a side is empty. */
  get middle(): bigint | null {
    const { bids, asks } = this.book ?? { bids: [], asks: [] };
    const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
    return bid !== undefined && ask !== undefined ? (bid + ask) / 2n : (bid ?? ask ?? null);
  }

  group(wanted: bigint): void {
    const multiple = nearestMultiple(wanted, groupingMultiples(this.middle));
    if (multiple === this.multiple) return;
    this.multiple = multiple;
    this.flashes.bid.reset();
    this.flashes.ask.reset();
    this.changed();
  }

  show(unit: BookUnit, bars: BookBars): void {
    if (unit === this.unit && bars === this.bars) return;
    this.unit = unit;
    this.bars = bars;
    this.changed();
  }

  resize(side: BookSide, capacity: number): void {
    if (this.capacity[side] === capacity) return;
    this.capacity = { ...this.capacity, [side]: capacity };
    this.changed();
  }

  showOwn(bids: ReadonlyMap<bigint, bigint>, asks: ReadonlyMap<bigint, bigint>): void {
    this.own = { bid: bids, ask: asks };
    this.changed();
  }

  point(active: ActiveRow | null): void {
    if (active?.side === this.active?.side && active?.index === this.active?.index) return;
    this.active = active;
    this.tell();
  }

  take(taken: Taken | null): void {
    if (taken?.side === this.taken?.side && taken?.to === this.taken?.to) return;
    this.taken = taken;
    this.tell();
  }

  /** The row under the pointer or the keyboard's. */
  get activeRow(): BookRow | null {
    const { active } = this;
    return active ? (this.side(active.side).rows[active.index] ?? null) : null;
  }

  private workOut(): void {
    const { book } = this;
    if (this.workedOutFor === book) return;
    const fresh = this.workedOutFor === undefined || this.workedOutFor === null;
    this.workedOutFor = book;
    for (const side of ["bid", "ask"] as const) {
      const levels = book ? (side === "bid" ? book.bids : book.asks) : [];
      const [multiple, capacity, own] = [this.multiple, this.capacity[side], this.own[side]];
      this.rows[side] = bookRows(side, levels, multiple, capacity, own, this.unit);
      if (fresh) this.flashes[side].reset();
      this.flashes[side].note(this.rows[side], this.now());
    }
    this.scale = commonScale(this.rows.bid, this.rows.ask, this.bars);
  }

  private changed(): void {
    const had = this.workedOutFor;
    this.workedOutFor = had === null ? null : undefined;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
