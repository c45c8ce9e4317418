import { ApiError, OutcomeUnknown, type Timing } from "@cse/client";
import { describe, expect, it, vi } from "vitest";
import { type DeskParts, OrderDesk } from "@/features/trade/orders/desk";
import { UnresolvedOrders } from "@/features/trade/orders/unresolved";
import type { Phase, TrackedOrder } from "@/providers/own/orderState";
import { beginFor, emptyOwn, hearOrders, type OrderChange } from "@/providers/own/ownStore";
import { fill, INTENT, order } from "../../../providers/own/wire";

const REQUEST = {
  market: "LUNA-USDC",
  side: "buy",
  type: "limit",
  price: "0.04206",
  quantity: "100.0",
  client_order_id: "w-1",
} as const;

/** A clock that runs ahead whenever somebody waits. */
function hurried(): Timing {
  let passedMs = 0;
  const timing: Timing = {
    now: () => passedMs,
    monotonicMs: () => passedMs,
    setTimer: (callback, delayMs) =>
      setTimeout(() => {
        passedMs += delayMs;
        callback();
      }, 0),
    clearTimer: (timer) => clearTimeout(timer),
    sleep: (delayMs) => new Promise((resolve) => timing.setTimer(() => resolve(), delayMs)),
    random: () => 0,
  };
  return timing;
}

function deskOf(client: Partial<DeskParts["client"]>) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
  const listeners = new Set<(...change: OrderChange) => void>();
  const words: Phase[] = [];
  const store = emptyOwn();
  beginFor(store, "1");
  const hear: DeskParts["feed"]["hear"] = (orders) => {
    for (const change of hearOrders(store, orders)) for (const listener of listeners) listener(...change);
  };
  const desk = new OrderDesk({
    account: "1",
    client: client as DeskParts["client"],
    feed: {
      hear,
      onOrder: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    store,
    unresolved: new UnresolvedOrders(storage, "1"),
    onWord: (tracked: TrackedOrder) => words.push(tracked.phase),
    timing: hurried(),
  });
  desk.start();
  const phase = () => store.getState().orders.get("w-1")?.phase;
  return { desk, store, words, hear, kept, phase };
}

const unknownOrder = () => Promise.reject(new ApiError(404, { code: "order_unknown" }));

describe("placing", () => {
  it("shows the row at once and the answer after it", async () => {
    const parts = deskOf({
      placeOrder: async () => ({ order: order(), fills: [fill()], prevented: [], sequence: "5" }),
    });
    const placed = parts.desk.place(REQUEST, INTENT);
    expect(parts.phase()).toBe("sending");
    expect((await placed)?.phase).toBe("open");
    expect(parts.words).toEqual(["open"]);
    expect(parts.store.getState().fills).toHaveLength(1);
    expect(parts.kept.size).toBe(0);
  });

  it("tells a refusal with its reason", async () => {
    const refusal = new ApiError(422, {
      code: "insufficient_funds",
      detail: "Not enough.",
      instance: "request:1",
    });
    const parts = deskOf({ placeOrder: () => Promise.reject(refusal) });
    const placed = await parts.desk.place(REQUEST, INTENT);
    expect(placed?.refusal).toEqual({
      code: "insufficient_funds",
      sentence: "Not enough.",
      reference: "request:1",
    });
    expect(parts.words).toEqual(["rejected"]);
  });

  it("checks by the client's id where no answer comes, and never calls it failed meanwhile", async () => {
    const look = vi.fn().mockImplementationOnce(unknownOrder).mockResolvedValue(order());
    const parts = deskOf({
      placeOrder: () => Promise.reject(new OutcomeUnknown("unknown")),
      orderByClientId: look,
    });
    const placed = await parts.desk.place(REQUEST, INTENT);
    expect(parts.words).toEqual(["checking", "open"]);
    expect(placed?.phase).toBe("open");
    expect(look).toHaveBeenCalledWith("w-1");
  });

  it("is taken up again by the next page", async () => {
    const first = deskOf({
      placeOrder: () => new Promise(() => {}),
      orderByClientId: () => new Promise(() => {}),
    });
    void first.desk.place(REQUEST, INTENT);
    const second = deskOf({
      orderByClientId: async () => order({ status: "filled", filled_quantity: "100.0" }),
    });
    for (const [key, text] of first.kept) second.kept.set(key, text);
    second.desk.start();
    await vi.waitFor(() => expect(second.phase()).toBe("filled"));
    await vi.waitFor(() => expect(second.kept.size).toBe(0));
  });
});

describe("an order on its way", () => {
  function sent() {
    let answer = (_: Awaited<ReturnType<DeskParts["client"]["placeOrder"]>>) => {};
    const parts = deskOf({
      placeOrder: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const placed = parts.desk.place(REQUEST, INTENT);
    const taken = { order: order(), fills: [fill()], prevented: [], sequence: "5" };
    return { ...parts, placed, answer: () => answer(taken) };
  }

  it("is followed to its end after the page was left, and nothing is said of it there", async () => {
    const parts = sent();
    parts.desk.stop();
    parts.answer();
    expect((await parts.placed)?.phase).toBe("open");
    expect(parts.words).toEqual([]);
  });

  it("of somebody who has gone stays out of the next one's store", async () => {
    const parts = sent();
    beginFor(parts.store, "2");
    parts.answer();
    expect(await parts.placed).toBeUndefined();
    expect([parts.store.getState().orders.size, parts.store.getState().fills.length]).toEqual([0, 0]);
  });
});

it("tells what the streams say of orders while it is open", () => {
  const parts = deskOf({});
  parts.hear([order()]);
  parts.desk.stop();
  parts.hear([order({ status: "cancelled" })]);
  expect(parts.words).toEqual(["open"]);
});
