import { describe, expect, it } from "vitest";
import { sending } from "@/providers/own/orderState";
import {
  addFills,
  beginFor,
  emptyOwn,
  FILLS_MAX,
  happen,
  hearBalances,
  hearFills,
  hearOrders,
  hearOrdersFrame,
  put,
  standingOf,
} from "@/providers/own/ownStore";
import { fill, INTENT, order } from "./wire";

describe("orders in the store", () => {
  it("are one, whether the answer or the stream speaks first", () => {
    const store = emptyOwn();
    put(store, sending(INTENT));
    hearOrders(store, [order()]);
    hearOrders(store, [order({ filled_quantity: "40.0" })]);
    const orders = [...store.getState().orders.values()];
    expect(orders.map(({ key, phase }) => [key, phase])).toEqual([["w-1", "partly_filled"]]);
  });

  it("are two where a client's id was used again for another order", () => {
    const store = emptyOwn();
    hearOrders(store, [order({ status: "filled" })]);
    hearOrders(store, [order({ id: "8" })]);
    const keys = [...store.getState().orders].map(([key, tracked]) => [key, tracked.key, tracked.order?.id]);
    expect(keys).toEqual([
      ["w-1", "w-1", "7"],
      ["#8", "#8", "8"],
    ]);
  });

  it("are two where the client's id of one is the exchange's of another", () => {
    const store = emptyOwn();
    hearOrders(store, [
      order({ id: "17", client_order_id: null }),
      order({ id: "18", client_order_id: "17" }),
    ]);
    const keys = [...store.getState().orders].map(([key, tracked]) => [key, tracked.order?.id]);
    expect(keys).toEqual([
      ["#17", "17"],
      ["17", "18"],
    ]);
  });

  it("are told with what they were before", () => {
    const store = emptyOwn();
    const [[before, after] = []] = hearOrders(store, [order()]);
    expect([before, after?.phase]).toEqual([undefined, "open"]);
    expect(hearOrders(store, [order()])).toHaveLength(1);
    expect(hearOrders(store, [order({ filled_quantity: "9.0" })])[0]?.[0]?.phase).toBe("open");
  });

  it("that a snapshot does not name any more have to be asked for", () => {
    const store = emptyOwn();
    put(store, sending({ ...INTENT, clientOrderId: "w-2" }));
    hearOrders(store, [order(), order({ id: "9", client_order_id: null })]);
    const { missing } = hearOrdersFrame(store, {
      reset: true,
      orders: [order({ id: "9", client_order_id: null })],
    });
    expect(missing.map(({ key }) => key)).toEqual(["w-1"]);
    expect(store.getState().ordersKnown).toBe(true);
  });

  it("that closed are kept up to a bound, open ones always", () => {
    const store = emptyOwn();
    hearOrders(store, [order({ id: "1", client_order_id: "open" })]);
    for (let id = 10; id < 300; id += 1) {
      hearOrders(store, [order({ id: String(id), client_order_id: `c-${id}`, status: "filled" })]);
    }
    const keys = [...store.getState().orders.keys()];
    expect(keys).toHaveLength(101);
    expect(keys[0]).toBe("open");
    expect(keys.at(-1)).toBe("c-299");
  });

  it("that are not known let nothing happen", () => {
    expect(happen(emptyOwn(), "w-1", { kind: "no_answer" })).toBeUndefined();
  });
});

describe("fills in the store", () => {
  it("stand once each, newest first, by the journal's order", () => {
    const store = emptyOwn();
    hearFills(store, {
      reset: true,
      fills: [fill({ sequence: "9" }), fill({ trade_id: "2", sequence: "10" })],
    });
    hearFills(store, {
      reset: false,
      fills: [fill({ trade_id: "2", sequence: "10" }), fill({ trade_id: "3", sequence: "11" })],
    });
    expect(store.getState().fills.map((each) => each.trade_id)).toEqual(["3", "2", "1"]);
  });

  it("are kept up to a bound, the newest ones", () => {
    const store = emptyOwn();
    const all = Array.from({ length: FILLS_MAX + 3 }, (_, at) =>
      fill({ trade_id: String(at + 1), sequence: String(at + 1) }),
    );
    hearFills(store, { reset: true, fills: all });
    const kept = store.getState().fills.map((each) => Number(each.trade_id));
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([FILLS_MAX, FILLS_MAX + 3, 4]);
  });

  it("are those of a snapshot alone once one comes, for there may be a gap before it", () => {
    const store = emptyOwn();
    hearFills(store, { reset: true, fills: [fill({ sequence: "9" })] });
    hearFills(store, { reset: true, fills: [fill({ trade_id: "7", sequence: "70" })] });
    expect(store.getState().fills.map((each) => each.trade_id)).toEqual(["7"]);
  });

  it("of an answer are no sign that the others are known", () => {
    const store = emptyOwn();
    addFills(store, [fill()]);
    expect([store.getState().fills.length, store.getState().fillsKnown]).toEqual([1, false]);
  });

  it("of one trade are two where a person was on both sides", () => {
    const store = emptyOwn();
    addFills(store, [fill(), fill({ order_id: "8" })]);
    expect(store.getState().fills).toHaveLength(2);
  });
});

describe("balances in the store", () => {
  it("change one by one, and all at once with a snapshot", () => {
    const store = emptyOwn();
    const usdc = (available: string) => ({ asset: "USDC", available, locked: "0" });
    hearBalances(store, {
      reset: true,
      balances: [usdc("5"), { asset: "LUNA", available: "1", locked: "1" }],
    });
    hearBalances(store, { reset: false, balances: [usdc("4")] });
    expect(store.getState().balances?.get("USDC")).toEqual(usdc("4"));
    expect(store.getState().balances?.size).toBe(2);
    hearBalances(store, { reset: true, balances: [usdc("3")] });
    expect(store.getState().balances?.size).toBe(1);
  });

  it("have what is locked as it is now, when an order rests and when it is gone", () => {
    const store = emptyOwn();
    const told = (available: string, locked: string, reset = false) => {
      hearBalances(store, { reset, balances: [{ asset: "USDC", available, locked }] });
      return store.getState().balances?.get("USDC");
    };
    expect(told("5", "0", true)).toMatchObject({ available: "5", locked: "0" });
    expect(told("3", "2")).toMatchObject({ available: "3", locked: "2" });
    expect(told("5", "0")).toMatchObject({ available: "5", locked: "0" });
  });
});

describe("how far it can be relied on", () => {
  const state = emptyOwn().getState();
  it.each([
    [false, {}, "loading"],
    [false, { error: new Error("away") }, "error"],
    [false, { staleSeconds: 12 }, "loading"],
    [true, {}, "ready"],
    [true, { error: new Error("away") }, "ready"],
    [true, { error: new Error("away"), staleSeconds: 12 }, "stale"],
  ] as const)("known %j with %j is %s", (known, change, standing) => {
    expect(standingOf(known, { ...state, ...change })).toBe(standing);
  });
});

it("keeps nothing of one person for the next", () => {
  const store = emptyOwn();
  beginFor(store, "1");
  hearOrders(store, [order()]);
  hearBalances(store, { reset: true, balances: [] });
  beginFor(store, "2");
  expect(store.getState()).toMatchObject({ account: "2", ordersKnown: false, balances: null, fills: [] });
  expect(store.getState().orders.size).toBe(0);
});
