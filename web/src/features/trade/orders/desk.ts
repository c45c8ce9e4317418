/**
 * Where orders are sent from, and followed until their outcome is known.
 *
 * It speaks through the store of what is a person's own and through `onWord`, once for each thing that
 * happened to an order; what is made of that (a toast, a sound) is the page's.
 */

import {
  type CseClient,
  type NewOrder,
  type NewOrderList,
  type PlacingOptions,
  type PlacingOutcome,
  type PlacingState,
  placeAndResolve,
  placeListAndResolve,
  resolvePlaced,
  type Timing,
} from "@cse/client";
import { type Intent, type OrderEvent, sending, type TrackedOrder } from "@/providers/own/orderState";
import type { OwnFeed } from "@/providers/own/ownFeed";
import { addFills, happen, type OwnStore, put } from "@/providers/own/ownStore";
import type { UnresolvedOrders } from "./unresolved";

export interface DeskParts {
  /** Whose orders they are. */
  account: string;
  client: Pick<CseClient, "placeOrder" | "placeList" | "orderByClientId">;
  feed: Pick<OwnFeed, "hear" | "onOrder">;
  store: OwnStore;
  unresolved: UnresolvedOrders;
  /** Something happened to an order that the person would want to hear of. */
  onWord: (tracked: TrackedOrder, before: TrackedOrder | undefined) => void;
  timing?: Timing;
}

export class OrderDesk {
  private end: (() => void) | null = null;

  constructor(private readonly parts: DeskParts) {}

  /** Tells of every order from now on, and takes up what a page before left unresolved. */
  start(): void {
    const { feed, onWord, unresolved } = this.parts;
    this.end ??= feed.onOrder((before, after) => onWord(after, before));
    for (const intent of unresolved.all()) void this.resolve(intent);
  }

  /** Tells no more; orders on their way are followed to their end all the same. */
  stop(): void {
    this.end?.();
    this.end = null;
  }

  /** Sends an order once. The row stands at once; the outcome is known when this resolves. */
  place(request: NewOrder & { client_order_id: string }, intent: Intent): Promise<TrackedOrder | undefined> {
    return this.send(intent, (options) => placeAndResolve(this.parts.client, request, options));
  }

  /** Sends orders that are linked, all or none; `intent` is the first of them, whose row stands at once. */
  placeList(list: NewOrderList, intent: Intent): Promise<TrackedOrder | undefined> {
    return this.send(intent, (options) => placeListAndResolve(this.parts.client, list, options));
  }

  private async send(
    intent: Intent,
    place: (options: PlacingOptions) => Promise<PlacingOutcome>,
  ): Promise<TrackedOrder | undefined> {
    const { store, unresolved, timing } = this.parts;
    if (!this.isCurrent()) return undefined;
    put(store, sending(intent));
    unresolved.add(intent);
    const outcome = await place({
      onState: (state) => this.follow(intent.clientOrderId, state),
      ...(timing && { timing }),
    });
    unresolved.remove(intent.clientOrderId);
    if (!this.isCurrent()) return undefined;
    if (outcome.phase === "placed" && outcome.fills) addFills(store, outcome.fills);
    return store.getState().orders.get(intent.clientOrderId);
  }

  private async resolve(intent: Intent): Promise<void> {
    const { client, store, unresolved, timing } = this.parts;
    if (!this.isCurrent()) return;
    if (!store.getState().orders.has(intent.clientOrderId)) put(store, sending(intent));
    await resolvePlaced(client, intent.clientOrderId, {
      onState: (state) => this.follow(intent.clientOrderId, state),
      ...(timing && { timing }),
    });
    unresolved.remove(intent.clientOrderId);
  }

  private follow(key: string, state: PlacingState): void {
    if (!this.isCurrent()) return;
    if (state.phase === "placed") this.parts.feed.hear([state.order, ...state.others]);
    else if (state.phase === "checking") this.tell(key, { kind: "no_answer" });
    else if (state.phase === "not_placed") this.tell(key, { kind: "absent" });
    else if (state.phase === "rejected") {
      const { code, sentence, reference } = state.error;
      this.tell(key, { kind: "refused", refusal: { code, sentence, reference: reference || null } });
    }
  }

  private tell(key: string, event: OrderEvent): void {
    const { store, onWord } = this.parts;
    const before = store.getState().orders.get(key);
    const after = happen(store, key, event);
    if (after && after !== before) onWord(after, before);
  }

  /** Whether the person whose desk it is still sits at it: nothing of theirs goes into another's store. */
  private isCurrent(): boolean {
    return this.parts.store.getState().account === this.parts.account;
  }
}
