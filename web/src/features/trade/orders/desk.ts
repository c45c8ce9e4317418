/**
 * Where orders are sent from and followed: places, cancels, listens, and resolves what stayed open.
 *
 * It speaks through the account's store and through `onWord`, once for each thing that happened to an
 * order; what is made of that (a toast, a sound) is the page's.
 */

import type { Order } from "@cse/client";
import {
  ApiError,
  type CseClient,
  type NewOrder,
  type PlacingState,
  placeAndResolve,
  resolvePlaced,
  type StreamClient,
  type Timing,
} from "@cse/client";
import {
  type AccountStore,
  forget,
  happen,
  hearBalances,
  hearFillList,
  hearFills,
  hearOrders,
  hearOrdersFrame,
  put,
} from "./accountStore";
import { type Intent, sending, type TrackedOrder } from "./state";
import type { UnresolvedOrders } from "./unresolved";

export interface DeskParts {
  client: Pick<CseClient, "placeOrder" | "orderByClientId" | "order" | "cancelOrder" | "cancelAll" | "fills">;
  streams: Pick<StreamClient, "subscribe">;
  store: AccountStore;
  unresolved: UnresolvedOrders;
  /** Something happened to an order that the person would want to hear of. */
  onWord: (tracked: TrackedOrder, before: TrackedOrder | undefined) => void;
  timing?: Timing;
}

export type CancelOutcome =
  | { kind: "cancelled" | "filled_first" | "already_closed" }
  | { kind: "unknown" | "refused"; error: unknown };

export class OrderDesk {
  private ends: (() => void)[] = [];

  constructor(private readonly parts: DeskParts) {}

  /** Follows the streams of the account that is signed in, and takes up what a page before left unresolved. */
  start(): void {
    const { streams, store, unresolved } = this.parts;
    this.ends = [
      streams.subscribe("user.orders", (frame) => {
        const { changes, missing } = hearOrdersFrame(store, frame);
        for (const [before, after] of changes) if (!frame.reset || before) this.word(after, before);
        for (const tracked of missing) void this.lookUp(tracked);
      }),
      streams.subscribe("user.fills", (frame) => hearFills(store, frame)),
      streams.subscribe("user.balances", (frame) => hearBalances(store, frame)),
    ];
    for (const intent of unresolved.all()) void this.resolve(intent);
  }

  /** Stops listening and forgets what was a person's own. */
  stop(): void {
    for (const end of this.ends) end();
    this.ends = [];
    forget(this.parts.store);
  }

  /** Sends an order once. The row stands at once; the outcome is known when this resolves. */
  async place(
    request: NewOrder & { client_order_id: string },
    intent: Intent,
  ): Promise<TrackedOrder | undefined> {
    const { client, store, unresolved, timing } = this.parts;
    put(store, sending(intent));
    unresolved.add(intent);
    const outcome = await placeAndResolve(client, request, {
      onState: (state) => this.follow(intent.clientOrderId, state),
      ...(timing && { timing }),
    });
    unresolved.remove(intent.clientOrderId);
    if (outcome.phase === "placed" && outcome.fills) hearFillList(store, outcome.fills);
    return store.getState().orders.get(intent.clientOrderId);
  }

  /** Cancels one order; "filled first" and "already closed" are answers, not errors. */
  async cancel(key: string): Promise<CancelOutcome> {
    const { client, store } = this.parts;
    const tracked = happen(store, key, { kind: "cancel_asked" });
    if (!tracked?.order) return { kind: "already_closed" };
    try {
      this.hear([await client.cancelOrder(tracked.order.id)]);
      return { kind: "cancelled" };
    } catch (error) {
      return this.cancelFailed(tracked, error);
    }
  }

  /** Cancels all open orders of a market and a side, or of all; gives how many were. */
  async cancelAll(query: { market?: string; side?: "buy" | "sell" }): Promise<number> {
    for (const tracked of this.parts.store.getState().orders.values()) {
      if (tracked.order && matches(tracked.order, query))
        happen(this.parts.store, tracked.key, { kind: "cancel_asked" });
    }
    try {
      return await this.parts.client.cancelAll(query);
    } catch (error) {
      for (const tracked of this.parts.store.getState().orders.values()) {
        if (tracked.cancel === "cancelling")
          happen(this.parts.store, tracked.key, { kind: "cancel_refused", orderClosed: false });
      }
      throw error;
    }
  }

  private async resolve(intent: Intent): Promise<void> {
    const { client, store, unresolved, timing } = this.parts;
    if (!store.getState().orders.has(intent.clientOrderId)) put(store, sending(intent));
    await resolvePlaced(client, intent.clientOrderId, {
      onState: (state) => this.follow(intent.clientOrderId, state),
      ...(timing && { timing }),
    });
    unresolved.remove(intent.clientOrderId);
  }

  private follow(key: string, state: PlacingState): void {
    if (state.phase === "placed") this.hear([state.order]);
    else if (state.phase === "checking") this.tell(key, { kind: "no_answer" });
    else if (state.phase === "not_placed") this.tell(key, { kind: "absent" });
    else if (state.phase === "rejected") {
      const { code, sentence, reference } = state.error;
      this.tell(key, { kind: "refused", refusal: { code, sentence, reference: reference || null } });
    }
  }

  private async lookUp(tracked: TrackedOrder): Promise<void> {
    if (!tracked.order) return;
    try {
      this.hear([await this.parts.client.order(tracked.order.id)]);
    } catch {
      // The next snapshot asks again.
    }
  }

  private async cancelFailed(tracked: TrackedOrder, error: unknown): Promise<CancelOutcome> {
    const { store } = this.parts;
    const closed =
      error instanceof ApiError && (error.code === "order_not_open" || error.code === "order_unknown");
    if (!closed) {
      await this.lookUp(tracked);
      happen(store, tracked.key, { kind: "cancel_refused", orderClosed: false });
      const known = error instanceof ApiError && error.moneyState === "none";
      return { kind: known ? "refused" : "unknown", error };
    }
    await this.lookUp(tracked);
    const after = happen(store, tracked.key, { kind: "cancel_refused", orderClosed: true });
    return { kind: after?.phase === "filled" ? "filled_first" : "already_closed" };
  }

  private hear(orders: readonly Order[]): void {
    for (const [before, after] of hearOrders(this.parts.store, orders)) this.word(after, before);
  }

  private tell(key: string, event: Parameters<typeof happen>[2]): void {
    const before = this.parts.store.getState().orders.get(key);
    const after = happen(this.parts.store, key, event);
    if (after && after !== before) this.word(after, before);
  }

  private word(after: TrackedOrder, before: TrackedOrder | undefined): void {
    this.parts.onWord(after, before);
  }
}

function matches(order: Order, { market, side }: { market?: string; side?: string }): boolean {
  return order.status === "open" && (!market || order.market === market) && (!side || order.side === side);
}
