import { ApiError, OutcomeUnknown } from "@cse/client";
import { describe, expect, it, vi } from "vitest";
import { type CancelParts, cancelAll, cancelOrder } from "@/providers/own/cancelling";
import { beginFor, emptyOwn, happen, hearOrders } from "@/providers/own/ownStore";
import { order } from "./wire";

/** One open order, and an exchange that answers a look-up with `found`. */
function partsOf(client: Partial<CancelParts["client"]>, found = order()) {
  const store = emptyOwn();
  beginFor(store, "1");
  hearOrders(store, [order()]);
  const feed = {
    hear: (orders) => void hearOrders(store, orders),
    lookUp: async () => void hearOrders(store, [found]),
    lookUpAll: vi.fn(async () => void hearOrders(store, [found])),
    changed: vi.fn(),
  } satisfies CancelParts["feed"];
  const parts = { client: client as CancelParts["client"], feed, store };
  return { ...parts, tracked: () => store.getState().orders.get("w-1") };
}

describe("cancelling an order", () => {
  it("is over when the exchange says so", async () => {
    const parts = partsOf({ cancelOrder: async () => order({ status: "cancelled" }) });
    expect(await cancelOrder(parts, "w-1")).toEqual({ kind: "cancelled" });
    expect(parts.tracked()).toMatchObject({ phase: "cancelled", cancel: "none" });
    expect(parts.feed.changed).toHaveBeenCalled();
  });

  it("may come after the order was filled", async () => {
    const filled = order({ status: "filled", filled_quantity: "100.0" });
    const gone = new ApiError(409, { code: "order_not_open" });
    const parts = partsOf({ cancelOrder: () => Promise.reject(gone) }, filled);
    expect(await cancelOrder(parts, "w-1")).toEqual({ kind: "filled_first" });
  });

  it("without an answer is not known, and the order stands as it was", async () => {
    const error = new OutcomeUnknown("unknown");
    const parts = partsOf({ cancelOrder: () => Promise.reject(error) });
    expect(await cancelOrder(parts, "w-1")).toEqual({ kind: "unknown", error });
    expect(parts.tracked()?.cancel).toBe("none");
  });

  it("that nobody knows is not sent", async () => {
    expect(await cancelOrder(partsOf({}), "w-9")).toEqual({ kind: "already_closed" });
  });
});

describe("cancelling all", () => {
  it("marks those that are meant, and no others", async () => {
    let marked: string[] = [];
    const parts = partsOf({
      cancelAll: async () => {
        const orders = [...parts.store.getState().orders.values()];
        marked = orders.filter(({ cancel }) => cancel === "cancelling").map(({ key }) => key);
        return 1;
      },
    });
    parts.feed.hear([
      order({ id: "8", client_order_id: "w-2", side: "sell" }),
      order({ id: "9", client_order_id: "w-3", market: "NOVA-USDC" }),
    ]);
    expect(await cancelAll(parts, { market: "LUNA-USDC", side: "buy" })).toBe(1);
    expect(marked).toEqual(["w-1"]);
  });

  const refusal = new ApiError(429, { code: "rate_limited" });

  it("takes the marks away again where it was refused, without a look-up", async () => {
    const parts = partsOf({ cancelAll: () => Promise.reject(refusal) });
    await expect(cancelAll(parts, {})).rejects.toBe(refusal);
    expect(parts.tracked()?.cancel).toBe("none");
    expect(parts.feed.lookUpAll).not.toHaveBeenCalled();
  });

  it.each([
    ["is open", order(), "open"],
    ["was cancelled", order({ status: "cancelled" }), "cancelled"],
  ])("without an answer looks up what it asked for, which %s", async (_, found, phase) => {
    const error = new OutcomeUnknown("unknown");
    const parts = partsOf({ cancelAll: () => Promise.reject(error) }, found);
    const before = parts.tracked();
    await expect(cancelAll(parts, {})).rejects.toBe(error);
    expect(parts.feed.lookUpAll).toHaveBeenCalledWith([before]);
    expect(parts.tracked()).toMatchObject({ phase, cancel: "none" });
  });

  it("leaves the marks of what it did not ask for", async () => {
    const parts = partsOf({ cancelAll: () => Promise.reject(refusal) });
    parts.feed.hear([order({ id: "9", client_order_id: "w-3", market: "NOVA-USDC" })]);
    happen(parts.store, "w-1", { kind: "cancel_asked" });
    happen(parts.store, "w-3", { kind: "cancel_asked" });
    await expect(cancelAll(parts, { market: "LUNA-USDC" })).rejects.toBe(refusal);
    expect([...parts.store.getState().orders.values()].map(({ cancel }) => cancel)).toEqual([
      "cancelling",
      "cancelling",
    ]);
  });
});
