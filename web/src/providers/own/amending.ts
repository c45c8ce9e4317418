/** Amending one's own orders, from any page. */

import { type AmendedOrder, ApiError, type CseClient } from "@cse/client";
import type { OwnFeed } from "./ownFeed";
import { addFills, type OwnStore } from "./ownStore";

export interface AmendParts {
  client: Pick<CseClient, "amendOrder">;
  feed: Pick<OwnFeed, "hear" | "lookUp" | "changed">;
  store: OwnStore;
}

export type AmendOutcome =
  /** `traded`: it met the other side by that, and may have been filled whole. */
  | { kind: "amended"; traded: boolean }
  | { kind: "already_closed" }
  | { kind: "unknown" | "refused"; error: unknown };

/** Amends an open order; the row takes over what the server says of it, and nothing before that. */
export async function amendOrder(
  { client, feed, store }: AmendParts,
  key: string,
  request: AmendedOrder,
): Promise<AmendOutcome> {
  const tracked = store.getState().orders.get(key);
  if (tracked?.order?.status !== "open") return { kind: "already_closed" };
  const { account } = store.getState();
  try {
    const { order, fills } = await client.amendOrder(tracked.order.id, request);
    if (store.getState().account === account) {
      addFills(store, fills);
      feed.hear([order]);
    }
    return { kind: "amended", traded: fills.length > 0 };
  } catch (error) {
    await feed.lookUp(tracked);
    const code = error instanceof ApiError ? error.code : null;
    if (code === "order_not_open" || code === "order_unknown") return { kind: "already_closed" };
    const known = error instanceof ApiError && error.moneyState === "none";
    return { kind: known ? "refused" : "unknown", error };
  } finally {
    feed.changed();
  }
}
