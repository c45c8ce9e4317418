/**
 * Follows what is a person's own: the streams tell it, once for the whole app. Where they have not told it
 * in time it is asked for over HTTP, so that a blocked socket leaves no page without its figures and a
 * failure has words.
 */

import type { CseClient, Order, StreamClient } from "@cse/client";
import { isClosed, type TrackedOrder } from "./orderState";
import {
  beginFor,
  hearBalances,
  hearFills,
  hearOrders,
  hearOrdersFrame,
  type OrderChange,
  type OwnStore,
} from "./ownStore";

export interface OwnFeedParts {
  client: Pick<CseClient, "balances" | "orders" | "fills" | "order">;
  streams: Pick<StreamClient, "subscribe" | "onStatus" | "status">;
  store: OwnStore;
  /** Pages of the past that were fetched do not hold all of it any more. */
  onOutdated: (pages: "fills" | "closed") => void;
  now?: () => number;
}

/** For so long the streams have the word alone. */
export const PATIENCE_MS = 3_000;
export const STALE_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
const OPEN_ORDERS_MAX = 500;
const FILLS_ASKED = 50;

type OnChange = (...change: OrderChange) => void;

export class OwnFeed {
  readonly #parts: OwnFeedParts;
  readonly #listeners = new Set<OnChange>();
  #ends: (() => void)[] = [];
  #heardAtMs = 0;

  constructor(parts: OwnFeedParts) {
    this.#parts = parts;
  }

  /** Follows the account that is signed in, from nothing. */
  start(account: string): void {
    this.stop();
    const { streams, store } = this.#parts;
    beginFor(store, account);
    this.#heardAtMs = this.#now();
    const looks = setInterval(() => this.#look(), LOOK_EVERY_MS);
    const patience = setTimeout(() => this.#isWhole() || void this.refresh(), PATIENCE_MS);
    this.#ends = [
      streams.subscribe("user.orders", (frame) => {
        if (frame.reset && store.getState().ordersKnown) this.#parts.onOutdated("closed");
        const { changes, missing } = hearOrdersFrame(store, frame);
        // A snapshot's orders are no news, unless they were known as they were before.
        this.#say(changes.filter(([before]) => !frame.reset || before));
        for (const tracked of missing) void this.lookUp(tracked);
      }),
      streams.subscribe("user.fills", (frame) => {
        if (frame.reset && store.getState().fillsKnown) this.#parts.onOutdated("fills");
        hearFills(store, frame);
      }),
      streams.subscribe("user.balances", (frame) => hearBalances(store, frame)),
      streams.onStatus(() => this.#look()),
      () => clearInterval(looks),
      () => clearTimeout(patience),
    ];
  }

  /** Stops and forgets what was a person's own. */
  stop(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    beginFor(this.#parts.store, null);
  }

  /** Calls back with each order to which something happened; gives what ends that. */
  onOrder(listener: OnChange): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the server's word on orders, from any answer. */
  hear(orders: readonly Order[]): void {
    this.#say(hearOrders(this.#parts.store, orders));
  }

  /** Asks what became of an order. */
  async lookUp({ order }: TrackedOrder): Promise<void> {
    if (!order) return;
    const { client } = this.#parts;
    await this.#forTheSame(
      () => client.order(order.id),
      (found) => this.hear([found]),
    ).catch(() => {
      // The next snapshot asks again.
    });
  }

  /** Asks what became of orders that were open: one answer names those that still are, so few are asked for singly. */
  async lookUpAll(orders: readonly TrackedOrder[]): Promise<void> {
    const { client } = this.#parts;
    let gone: readonly TrackedOrder[] = [];
    await this.#forTheSame(
      () => client.orders({ status: "open", limit: OPEN_ORDERS_MAX }),
      ({ items }) => {
        this.hear(items);
        const open = new Set(items.map(({ id }) => id));
        gone = orders.filter(({ order }) => order && !open.has(order.id));
      },
    ).catch(() => {
      // The next snapshot asks again.
    });
    await Promise.all(gone.map((tracked) => this.lookUp(tracked)));
  }

  /** Something was done here that the streams will tell of; asks for it where they cannot. */
  changed(): void {
    if (!this.#isFollowed()) void this.refresh();
  }

  /** Asks for all of it; what the streams say meanwhile stands. Never throws: the error is kept. */
  async refresh(): Promise<void> {
    const { client, store } = this.#parts;
    const before = store.getState();
    const asked = () =>
      Promise.all([
        client.balances(),
        client.orders({ status: "open", limit: OPEN_ORDERS_MAX }),
        client.fills({ limit: FILLS_ASKED }),
      ]);
    try {
      await this.#forTheSame(asked, ([balances, orders, fills]) => {
        const now = store.getState();
        if (now.balances === before.balances) hearBalances(store, { reset: true, balances: balances.items });
        const reset = now.orders === before.orders;
        const { changes, missing } = hearOrdersFrame(store, { reset, orders: orders.items });
        this.#say(changes.filter(([known]) => known));
        for (const tracked of missing) void this.lookUp(tracked);
        if (now.fills === before.fills) hearFills(store, { reset: true, fills: fills.items });
        store.setState({ ordersKnown: true, fillsKnown: true, error: null });
        this.#heardAtMs = this.#now();
        this.#look();
      });
    } catch (error) {
      if (store.getState().account === before.account) store.setState({ error });
    }
  }

  /** Takes an answer unless somebody else is signed in by then. */
  async #forTheSame<Answer>(ask: () => Promise<Answer>, take: (answer: Answer) => void): Promise<void> {
    const { store } = this.#parts;
    const { account } = store.getState();
    const answer = await ask();
    if (account !== null && store.getState().account === account) take(answer);
  }

  #isWhole(): boolean {
    const { balances, ordersKnown, fillsKnown } = this.#parts.store.getState();
    return balances !== null && ordersKnown && fillsKnown;
  }

  #isFollowed(): boolean {
    const { state, authenticated } = this.#parts.streams.status;
    return state === "live" && authenticated;
  }

  #look(): void {
    const { streams, store } = this.#parts;
    if (this.#isFollowed()) this.#heardAtMs = Math.max(this.#heardAtMs, streams.status.lastMessageAt ?? 0);
    const silentMs = this.#now() - this.#heardAtMs;
    const staleSeconds = silentMs >= STALE_AFTER_MS ? Math.floor(silentMs / 1_000) : null;
    if (staleSeconds !== store.getState().staleSeconds) store.setState({ staleSeconds });
  }

  #say(changes: readonly OrderChange[]): void {
    if (changes.some(([, after]) => isClosed(after))) this.#parts.onOutdated("closed");
    for (const change of changes) for (const listener of [...this.#listeners]) listener(...change);
  }

  #now(): number {
    return (this.#parts.now ?? Date.now)();
  }
}
