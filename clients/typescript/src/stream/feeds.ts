/** The state of each channel on the side that reads the socket. */

import type { Transfer } from "../accounts.ts";
import { BOOK_LEVELS_KNOWN, type BookData, OrderBook } from "../book.ts";
import type { Balance, CandleView, Fill, Order, PreventedTrade, Ticker } from "../client.ts";
import { packLevels } from "../levels.ts";
import type { Market } from "../market.ts";
import { follow, type Position } from "../position.ts";
import { OrderQueues, type QueuesData } from "../queues.ts";
import type {
  BestLevels,
  BestOffers,
  Channel,
  MarketFrame,
  NotificationsFrame,
  OrdersFrame,
  QueuesFrame,
  SystemFrame,
  TapeTrade,
} from "./channels.ts";
import {
  foldBalances,
  foldCandles,
  foldFills,
  foldOrders,
  foldPreventions,
  foldTrades,
  foldTransfers,
  openOrders,
} from "./frames.ts";
import type { PackedBook, PackedFrame } from "./messages.ts";
import { type DataMessage, isRecord } from "./protocol.ts";

export type FeedOutcome = "applied" | "known" | "gap" | "checksum" | "malformed";

/** One channel's state: what the server said, and what of it has not been handed on yet. */
export interface Feed {
  /** Where it stands; null before a snapshot and after it was dropped. */
  readonly position: Position | null;
  apply(message: DataMessage): FeedOutcome;
  /** Drops everything; only a snapshot fills it again. */
  drop(): void;
  /** What is new since the last time, or null. */
  take(): PackedFrame | null;
}

/** The feed of a channel; books need their market. Null for what is no channel. */
export function feedOf(channel: Channel, market: Market | undefined): Feed | null {
  const [kind = "", name = "", interval = ""] = channel.split(".");
  switch (kind) {
    case "orderbook":
      return market === undefined ? null : new BookFeed(market);
    case "orders":
      return market === undefined ? null : new QueuesFeed(market);
    case "system":
      return new LatestFeed((data) => data as unknown as SystemFrame);
    case "bbo":
      return new LatestFeed((data) => data as unknown as BestOffers);
    case "depth":
      return new LatestFeed((data) => data as unknown as BestLevels);
    case "ticker":
      return new LatestFeed((data) => data as unknown as Ticker);
    case "market":
      return new LatestFeed((data) => data as unknown as MarketFrame);
    case "trades":
      return new FoldingFeed(
        (data, reset) => ({ market: name, reset, trades: list<TapeTrade>(data, "trades", "trade_id") }),
        foldTrades,
      );
    case "candles":
      return new FoldingFeed(
        (data, reset) => ({
          market: name,
          interval,
          reset,
          candles: list<CandleView>(data, "candles", "time"),
        }),
        foldCandles,
      );
    default:
      return privateFeed(channel);
  }
}

function privateFeed(channel: Channel): Feed | null {
  switch (channel) {
    case "user.orders":
      return new OrdersFeed();
    case "user.fills":
      return new FoldingFeed(
        (data, reset) => ({ reset, fills: list<Fill>(data, "fills", "trade_id") }),
        foldFills,
      );
    case "user.preventions":
      return new FoldingFeed(
        (data, reset) => ({ reset, prevented: list<PreventedTrade>(data, "prevented", "sequence") }),
        foldPreventions,
      );
    case "user.transfers":
      return new FoldingFeed(
        (data, reset) => ({ reset, transfers: list<Transfer>(data, "transfers", "id") }),
        foldTransfers,
      );
    case "user.notifications":
      return new LatestFeed(notifications);
    case "user.balances":
      return new FoldingFeed(
        (data, reset) => ({ reset, balances: list<Balance>(data, "balances", "asset") }),
        foldBalances,
      );
    default:
      return null;
  }
}

/** A book, of which some levels of each side are handed on. */
export class BookFeed implements Feed {
  readonly #book: OrderBook;
  #depth = 0;
  #new = false;

  constructor(market: Market) {
    this.#book = new OrderBook(market);
  }

  get book(): OrderBook {
    return this.#book;
  }

  get position(): Position | null {
    return this.#book.position;
  }

  apply(message: DataMessage): FeedOutcome {
    const { bids, asks } = message.data as { bids?: unknown; asks?: unknown };
    if (!Array.isArray(bids) || !Array.isArray(asks)) {
      this.drop();
      return "malformed";
    }
    const outcome = this.#book.apply({ ...message, data: message.data as BookData });
    if (outcome !== "known") this.#new = true;
    return outcome;
  }

  drop(): void {
    this.#book.clear();
    this.#new = true;
  }

  /** Hands on so many levels from now on, beginning with what is there. */
  show(depth: number): void {
    const bounded = Math.min(depth, BOOK_LEVELS_KNOWN);
    if (bounded === this.#depth) return;
    this.#depth = bounded;
    this.#new = this.#book.position !== null;
  }

  take(): PackedBook | null {
    if (!this.#new) return null;
    this.#new = false;
    const book = this.#book;
    return {
      kind: "book",
      market: book.market.market,
      bids: packLevels(book.bids, this.#depth),
      asks: packLevels(book.asks, this.#depth),
      sequence: book.sequence,
      at: book.at,
      resyncing: book.position === null,
    };
  }
}

/** A book order by order, of which the first of each side are handed on. */
class QueuesFeed implements Feed {
  readonly #queues: OrderQueues;
  #new = false;

  constructor(market: Market) {
    this.#queues = new OrderQueues(market);
  }

  get position(): Position | null {
    return this.#queues.position;
  }

  apply(message: DataMessage): FeedOutcome {
    const { bids, asks } = message.data as { bids?: unknown; asks?: unknown };
    if (!Array.isArray(bids) || !Array.isArray(asks)) {
      this.drop();
      return "malformed";
    }
    const outcome = this.#queues.apply({ ...message, data: message.data as QueuesData });
    if (outcome !== "known") this.#new = true;
    return outcome;
  }

  drop(): void {
    this.#queues.clear();
    this.#new = true;
  }

  take(): PackedFrame | null {
    if (!this.#new) return null;
    this.#new = false;
    const queues = this.#queues;
    const value: QueuesFrame = {
      market: queues.market.market,
      bids: queues.first("bids", BOOK_LEVELS_KNOWN),
      asks: queues.first("asks", BOOK_LEVELS_KNOWN),
      sequence: queues.position?.sequence ?? 0n,
      at: queues.at,
      resyncing: queues.position === null,
    };
    return { kind: "value", value };
  }
}

/** Follows a channel whose messages are read as frames. */
abstract class FollowingFeed<Frame> implements Feed {
  position: Position | null = null;
  protected pending: Frame | null = null;
  readonly #read: (data: Record<string, unknown>, reset: boolean) => Frame;

  constructor(read: (data: Record<string, unknown>, reset: boolean) => Frame) {
    this.#read = read;
  }

  apply(message: DataMessage): FeedOutcome {
    const following = follow(this.position, message);
    if (following.kind === "known") return "known";
    if (following.kind === "gap" || !isRecord(message.data)) {
      this.drop();
      return following.kind === "gap" ? "gap" : "malformed";
    }
    try {
      this.add(this.#read(message.data, message.type === "snapshot"));
    } catch {
      this.drop();
      return "malformed";
    }
    this.position = following.position;
    return "applied";
  }

  /** What was handed on stays until the snapshot says better; what was not is left out. */
  drop(): void {
    this.position = null;
    this.pending = null;
  }

  take(): PackedFrame | null {
    if (this.pending === null) return null;
    const value = this.pending;
    this.pending = null;
    return { kind: "value", value };
  }

  protected abstract add(frame: Frame): void;
}

/** Every message replaces the one before. */
class LatestFeed<Frame> extends FollowingFeed<Frame> {
  protected override add(frame: Frame): void {
    this.pending = frame;
  }
}

/** Messages add up until they are taken. */
class FoldingFeed<Frame> extends FollowingFeed<Frame> {
  readonly #fold: (held: Frame | null, next: Frame) => Frame;

  constructor(
    read: (data: Record<string, unknown>, reset: boolean) => Frame,
    fold: (held: Frame | null, next: Frame) => Frame,
  ) {
    super(read);
    this.#fold = fold;
  }

  protected override add(frame: Frame): void {
    this.pending = this.#fold(this.pending, frame);
  }
}

const ORDERS_PENDING_MAX = 500;

/** Orders that closed unseen would pile up; the open ones alone say the same to who looks later. */
class OrdersFeed extends FollowingFeed<OrdersFrame> {
  #open: OrdersFrame = { reset: true, orders: [] };

  constructor() {
    super((data, reset) => ({
      reset,
      more: data["more"] === true,
      orders: list<Order>(data, "orders", "id"),
    }));
  }

  protected override add(frame: OrdersFrame): void {
    this.#open = openOrders(foldOrders(this.#open, frame));
    const pending = foldOrders(this.pending, frame);
    this.pending = pending.orders.length > ORDERS_PENDING_MAX ? this.#open : pending;
  }
}

/** How many notifications are not read. */
function notifications(data: Record<string, unknown>): NotificationsFrame {
  const unread = data["unread"];
  if (typeof unread !== "number") throw new TypeError("unread is not a number");
  return { unread };
}

/** The items of a list, each an object with `key`. */
function list<Item>(data: Record<string, unknown>, name: string, key: string): Item[] {
  const items = data[name];
  if (!Array.isArray(items)) throw new TypeError(`${name} is not a list`);
  for (const item of items) {
    if (!isRecord(item) || typeof item[key] !== "string") throw new TypeError(`an item has no ${key}`);
  }
  return items as Item[];
}
