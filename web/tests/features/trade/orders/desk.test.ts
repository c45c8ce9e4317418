import { ApiError, type Channel, OutcomeUnknown, type Timing } from "@cse/client";
import { describe, expect, it, vi } from "vitest";
import { emptyAccount } from "@/features/trade/orders/accountStore";
import { type DeskParts, OrderDesk } from "@/features/trade/orders/desk";
import type { Intent, Phase, TrackedOrder } from "@/features/trade/orders/state";
import { UnresolvedOrders } from "@/features/trade/orders/unresolved";
import { fill, order } from "./wire";

const INTENT: Intent = {
  clientOrderId: "w-1",
  market: "LUNA-USDC",
  side: "buy",
  type: "limit",
  timeInForce: "gtc",
  postOnly: false,
  price: "0.04206",
  quantity: "100.0",
  quoteAmount: null,
  sentAt: "2026-11-25T12:00:00.000Z",
};
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
  const listeners = new Map<Channel, (data: never) => void>();
  const words: Phase[] = [];
  const store = emptyAccount();
  const desk = new OrderDesk({
    client: client as DeskParts["client"],
    streams: {
      subscribe: (channel, listener) => {
        listeners.set(channel, listener as (data: never) => void);
        return () => listeners.delete(channel);
      },
    } as DeskParts["streams"],
    store,
    unresolved: new UnresolvedOrders(storage, "1"),
    onWord: (tracked: TrackedOrder) => words.push(tracked.phase),
    timing: hurried(),
  });
  const tell = (channel: Channel, data: unknown) => listeners.get(channel)?.(data as never);
  const phase = () => store.getState().orders.get("w-1")?.phase;
  return { desk, store, words, tell, kept, phase };
}

const unknownOrder = () => Promise.reject(new ApiError(404, { code: "order_unknown" }));

describe("placing", () => {
  it("shows the row at once and the answer after it", async () => {
    const parts = deskOf({ placeOrder: async () => ({ order: order(), fills: [fill()], sequence: "5" }) });
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

describe("cancelling", () => {
  async function openDesk(client: Partial<DeskParts["client"]>) {
    const parts = deskOf({
      placeOrder: async () => ({ order: order(), fills: [], sequence: "5" }),
      ...client,
    });
    await parts.desk.place(REQUEST, INTENT);
    return parts;
  }

  it("is over when the server says so", async () => {
    const parts = await openDesk({ cancelOrder: async () => order({ status: "cancelled" }) });
    expect(await parts.desk.cancel("w-1")).toEqual({ kind: "cancelled" });
    expect(parts.phase()).toBe("cancelled");
  });

  it("may come after the order was filled", async () => {
    const parts = await openDesk({
      cancelOrder: () => Promise.reject(new ApiError(409, { code: "order_not_open" })),
      order: async () => order({ status: "filled", filled_quantity: "100.0" }),
    });
    expect(await parts.desk.cancel("w-1")).toEqual({ kind: "filled_first" });
  });

  it("without an answer is not known, and the order stands as it was", async () => {
    const error = new OutcomeUnknown("unknown");
    const parts = await openDesk({ cancelOrder: () => Promise.reject(error), order: async () => order() });
    expect(await parts.desk.cancel("w-1")).toEqual({ kind: "unknown", error });
    expect(parts.store.getState().orders.get("w-1")?.cancel).toBe("none");
  });

  it("of all marks those that are meant, and no others", async () => {
    let marked: string[] = [];
    const parts = await openDesk({
      cancelAll: async () => {
        marked = [...parts.store.getState().orders.values()]
          .filter((each) => each.cancel === "cancelling")
          .map((each) => each.key);
        return 1;
      },
    });
    parts.desk.start();
    parts.tell("user.orders", {
      reset: false,
      orders: [
        order({ id: "8", client_order_id: "w-2", side: "sell" }),
        order({ id: "9", client_order_id: "w-3", market: "NOVA-USDC" }),
      ],
    });
    expect(await parts.desk.cancelAll({ market: "LUNA-USDC", side: "buy" })).toBe(1);
    expect(marked).toEqual(["w-1"]);
  });
});

describe("listening", () => {
  it("asks for the end of orders that a snapshot does not name", async () => {
    const parts = deskOf({
      placeOrder: async () => ({ order: order(), fills: [], sequence: "5" }),
      order: async () => order({ status: "cancelled" }),
    });
    await parts.desk.place(REQUEST, INTENT);
    parts.desk.start();
    parts.tell("user.orders", { reset: true, orders: [] });
    await vi.waitFor(() => expect(parts.phase()).toBe("cancelled"));
  });

  it("is silent about what the first snapshot brings", () => {
    const parts = deskOf({});
    parts.desk.start();
    parts.tell("user.orders", { reset: true, orders: [order()] });
    expect([parts.phase(), parts.words]).toEqual(["open", []]);
  });

  it("forgets all when it stops", () => {
    const parts = deskOf({});
    parts.desk.start();
    parts.tell("user.balances", { reset: true, balances: [{ asset: "USDC", available: "1", locked: "0" }] });
    parts.desk.stop();
    expect(parts.store.getState().balances).toBeNull();
  });
});
