import { ApiError, OutcomeUnknown } from "@cse/client";
import { describe, expect, it, vi } from "vitest";
import { type AmendParts, amendOrder } from "@/providers/own/amending";
import { beginFor, emptyOwn, hearOrders } from "@/providers/own/ownStore";
import { fill, order } from "./wire";

/** One open order, and an exchange that answers a look-up with `found`. */
function partsOf(amend: AmendParts["client"]["amendOrder"], found = order()) {
  const store = emptyOwn();
  beginFor(store, "1");
  hearOrders(store, [order()]);
  const feed = {
    hear: (orders) => void hearOrders(store, orders),
    lookUp: async () => void hearOrders(store, [found]),
    changed: vi.fn(),
  } satisfies AmendParts["feed"];
  return {
    client: { amendOrder: vi.fn(amend) },
    feed,
    store,
    tracked: () => store.getState().orders.get("w-1"),
  };
}

const result = (change: Parameters<typeof order>[0], fills = [] as ReturnType<typeof fill>[]) => ({
  order: order(change),
  linked_order_ids: [],
  sequence: "9",
  fills,
  prevented: [],
});

describe("amending an order", () => {
  it("shows what the exchange says, and not what was asked", async () => {
    const parts = partsOf(async () => result({ price: "0.04200" }));
    expect(await amendOrder(parts, "w-1", { price: "0.04201" })).toEqual({ kind: "amended", traded: false });
    expect(parts.tracked()?.order?.price).toBe("0.04200");
    expect(parts.client.amendOrder).toHaveBeenCalledWith("7", { price: "0.04201" });
  });

  it("may trade at once", async () => {
    const parts = partsOf(async () => result({ status: "filled", filled_quantity: "100.0" }, [fill()]));
    expect(await amendOrder(parts, "w-1", { price: "0.05" })).toEqual({ kind: "amended", traded: true });
    expect(parts.tracked()?.phase).toBe("filled");
    expect(parts.store.getState().fills).toHaveLength(1);
  });

  it.each([
    [
      "that had been filled before",
      new ApiError(409, { code: "order_not_open", money: "none" }),
      "already_closed",
    ],
    ["that is refused", new ApiError(409, { code: "order_is_linked", money: "none" }), "refused"],
    ["without an answer", new OutcomeUnknown("unknown"), "unknown"],
  ])("%s leaves the order as the exchange has it", async (_, error, kind) => {
    const parts = partsOf(() => Promise.reject(error), order({ filled_quantity: "5.0" }));
    expect((await amendOrder(parts, "w-1", { price: "0.05" })).kind).toBe(kind);
    expect(parts.tracked()?.order).toMatchObject({ price: "0.04206", filled_quantity: "5.0" });
  });

  it("that nobody knows, or that is closed, is not sent", async () => {
    const parts = partsOf(async () => result({}));
    expect((await amendOrder(parts, "w-9", { price: "0.05" })).kind).toBe("already_closed");
    parts.feed.hear([order({ status: "cancelled" })]);
    expect((await amendOrder(parts, "w-1", { price: "0.05" })).kind).toBe("already_closed");
    expect(parts.client.amendOrder).not.toHaveBeenCalled();
  });
});
