/** What the streams carry, as it is handed to listeners. Amounts of books are ticks and lots. */

import type { Transfer } from "../accounts.ts";
import type { AuctionView, Balance, CandleView, Fill, Order, PreventedTrade, Ticker } from "../client.ts";
import type { LevelPair } from "../levels.ts";
import type { Market, MarketView } from "../market.ts";
import type { QueuedOrder } from "../queues.ts";

/** A book as it stands; `at` is the server's time of the last change, in milliseconds since 1970. */
export interface BookFrame {
  readonly market: string;
  /** Best first. */
  readonly bids: readonly LevelPair[];
  readonly asks: readonly LevelPair[];
  readonly sequence: bigint;
  readonly at: number;
  /** The book was dropped, is empty, and is being fetched anew. */
  readonly resyncing: boolean;
}

/** Single orders as they stand in their queues; as of a book, and as deep as was asked for. */
export interface QueuesFrame {
  readonly market: string;
  /** Best price first, and at each price the oldest first. */
  readonly bids: readonly QueuedOrder[];
  readonly asks: readonly QueuedOrder[];
  readonly sequence: bigint;
  readonly at: number;
  readonly resyncing: boolean;
}

/** Price and quantity of the best bid and the best offer; null where there is none. */
export interface BestOffers {
  readonly bid: readonly [price: string, quantity: string] | null;
  readonly ask: readonly [price: string, quantity: string] | null;
}

/** Price and quantity of the best levels of each side, best first, as a whole. */
export interface BestLevels {
  readonly bids: readonly (readonly [price: string, quantity: string])[];
  readonly asks: readonly (readonly [price: string, quantity: string])[];
}

/** A market's rules and status, and what its auction would trade now. */
export interface MarketFrame {
  readonly rules: MarketView;
  readonly auction: AuctionView;
}

/** A trade of the tape; `side` is the taker's, of one that an `auction` made that of the later order. */
export interface TapeTrade {
  readonly trade_id: string;
  readonly side: "buy" | "sell";
  readonly price: string;
  readonly quantity: string;
  readonly auction: boolean;
  readonly time: string;
}

/** `reset`: what was held before is to be dropped, these are all there are now. */
export interface TradesFrame {
  readonly market: string;
  readonly reset: boolean;
  /** Oldest first. */
  readonly trades: readonly TapeTrade[];
}

export interface CandlesFrame {
  readonly market: string;
  readonly interval: string;
  readonly reset: boolean;
  /** Ascending; the last may be open. */
  readonly candles: readonly CandleView[];
}

export interface OrdersFrame {
  readonly reset: boolean;
  /** There are older open orders than these. */
  readonly more?: boolean;
  /** Whole orders, the newest word of each; closed ones too when they have just closed. */
  readonly orders: readonly Order[];
}

export interface FillsFrame {
  readonly reset: boolean;
  /** Oldest first. */
  readonly fills: readonly Fill[];
}

export interface BalancesFrame {
  readonly reset: boolean;
  readonly balances: readonly Balance[];
}

export interface TransfersFrame {
  readonly reset: boolean;
  /** Oldest first. */
  readonly transfers: readonly Transfer[];
}

export interface PreventionsFrame {
  readonly reset: boolean;
  /** Oldest first; of a reset those that came while somebody listened. */
  readonly prevented: readonly PreventedTrade[];
}

/** Something has come or was read; the list itself is read over HTTP. */
export interface NotificationsFrame {
  /** How many are not read, at most 100. */
  readonly unread: number;
}

/** How the exchange is; `stopping` is said of the process at the other end. */
export interface SystemFrame {
  readonly status: "up" | "degraded" | "stopping";
  /** What operators tell everybody just now; texts are by language. */
  readonly incident: {
    readonly severity: "notice" | "degraded" | "outage";
    readonly texts: Readonly<Record<string, string>>;
    readonly begun_at: string;
  } | null;
  /** The connection ends at `closes_at`; another one is made by itself. */
  readonly stop: { readonly code: string; readonly message: string; readonly closes_at: string } | null;
}

export type Channel =
  | "system"
  | `orderbook.${string}`
  | `orders.${string}`
  | `bbo.${string}`
  | `depth.${string}`
  | `trades.${string}`
  | `ticker.${string}`
  | `market.${string}`
  | `candles.${string}`
  | "user.orders"
  | "user.fills"
  | "user.balances"
  | "user.preventions"
  | "user.transfers"
  | "user.notifications";

/** What a listener of a channel is given. */
export type DataOf<Name extends Channel> = Name extends `orderbook.${string}`
  ? BookFrame
  : Name extends `orders.${string}`
    ? QueuesFrame
    : Name extends `bbo.${string}`
      ? BestOffers
      : Name extends `depth.${string}`
        ? BestLevels
        : Name extends `trades.${string}`
          ? TradesFrame
          : Name extends `ticker.${string}`
            ? Ticker
            : Name extends `market.${string}`
              ? MarketFrame
              : Name extends `candles.${string}`
                ? CandlesFrame
                : Name extends "user.orders"
                  ? OrdersFrame
                  : Name extends "user.fills"
                    ? FillsFrame
                    : Name extends "user.preventions"
                      ? PreventionsFrame
                      : Name extends "user.transfers"
                        ? TransfersFrame
                        : Name extends "user.notifications"
                          ? NotificationsFrame
                          : Name extends "system"
                            ? SystemFrame
                            : BalancesFrame;

export interface SubscribeOptions {
  /** Of a book's market, where it is at hand. */
  readonly market?: Market;
  /** Levels of each side of a book, at most 500; 50 unless told otherwise. */
  readonly depth?: number;
}

/**
 * `connecting` before the first welcome, `live` while messages come, `reconnecting` between
 * connections, `offline` while the machine says that it has no network, `closed` for good.
 */
export type ConnectionState = "connecting" | "live" | "reconnecting" | "offline" | "closed";

/** How the connection is. Times are this machine's, in milliseconds since 1970. */
export interface StreamStatus {
  readonly state: ConnectionState;
  /** Tries since the connection was lost. */
  readonly attempt: number;
  /** Median and worst round trip of the last minute. */
  readonly latencyMs: number | null;
  readonly worstMs: number | null;
  /** This clock less the server's. */
  readonly skewMs: number | null;
  readonly journalSequence: bigint;
  /** When anything was heard last. */
  readonly lastMessageAt: number | null;
  /** When each subscribed channel was heard last or was known to be up to date. */
  readonly channelAt: Readonly<Record<string, number>>;
  readonly authenticated: boolean;
  /** How often a book or a channel was dropped and fetched anew. */
  readonly resyncs: number;
  /** The code of the last refusal or close by the server, if any. */
  readonly lastCode: string | null;
}
