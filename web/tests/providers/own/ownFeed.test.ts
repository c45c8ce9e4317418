import type { Channel, StreamStatus } from "@cse/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Phase } from "@/providers/own/orderState";
import { OwnFeed, type OwnFeedParts, PATIENCE_MS, STALE_AFTER_MS } from "@/providers/own/ownFeed";
import { emptyOwn } from "@/providers/own/ownStore";
import { fill, order } from "./wire";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const USDC = { asset: "USDC", available: "5", locked: "0" };
const AWAY = new Error("away");
const NOTHING_ELSE = {
  orders: async () => ({ items: [order()], next_cursor: null, sequence: "1" }),
  fills: async () => ({ items: [fill()], next_cursor: null, sequence: "1" }),
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A feed for account 1, with what its streams say in the test's hand. */
function feedOf(client: Partial<OwnFeedParts["client"]> = {}) {
  const listeners = new Map<Channel, (data: never) => void>();
  const asked: Channel[] = [];
  const status: Pick<Mutable<StreamStatus>, "state" | "authenticated" | "lastMessageAt"> = {
    state: "connecting",
    authenticated: false,
    lastMessageAt: null,
  };
  const store = emptyOwn();
  const onOutdated = vi.fn();
  const feed = new OwnFeed({
    client: client as OwnFeedParts["client"],
    streams: {
      status,
      onStatus: () => () => {},
      subscribe: (channel: Channel, listener: (data: never) => void) => {
        asked.push(channel);
        listeners.set(channel, listener);
        return () => listeners.delete(channel);
      },
    } as unknown as OwnFeedParts["streams"],
    store,
    onOutdated,
  });
  const words: Phase[] = [];
  feed.onOrder((_, after) => words.push(after.phase));
  feed.start("1");
  const tell = (channel: Channel, data: unknown) => listeners.get(channel)?.(data as never);
  const tellAll = () => {
    tell("user.orders", { reset: true, orders: [order()] });
    tell("user.fills", { reset: true, fills: [fill()] });
    tell("user.balances", { reset: true, balances: [USDC] });
  };
  const live = () => Object.assign(status, { state: "live", authenticated: true, lastMessageAt: Date.now() });
  return {
    feed,
    store,
    state: () => store.getState(),
    words,
    tell,
    tellAll,
    live,
    status,
    asked,
    onOutdated,
  };
}

describe("the streams", () => {
  it("are listened to once each and fill the store, silent about the first snapshot", () => {
    const parts = feedOf();
    parts.tellAll();
    expect(parts.asked).toEqual(["user.orders", "user.fills", "user.balances"]);
    expect(parts.state()).toMatchObject({ ordersKnown: true, fillsKnown: true });
    expect(parts.state().balances?.get("USDC")).toEqual(USDC);
    expect(parts.words).toEqual([]);
  });

  it("tell of what happens to orders, and that pages of closed ones are outdated", () => {
    const parts = feedOf();
    parts.tellAll();
    parts.tell("user.orders", { reset: false, orders: [order({ filled_quantity: "1.0" })] });
    expect(parts.onOutdated).not.toHaveBeenCalled();
    parts.tell("user.orders", {
      reset: false,
      orders: [order({ status: "cancelled", filled_quantity: "1.0" })],
    });
    expect(parts.onOutdated.mock.calls).toEqual([["closed"]]);
    expect(parts.words).toEqual(["partly_filled", "cancelled"]);
  });

  it("have orders looked up that ended while nobody listened", async () => {
    const parts = feedOf({ order: async () => order({ status: "cancelled" }) });
    parts.tellAll();
    parts.tell("user.orders", { reset: true, orders: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect(parts.state().orders.get("w-1")?.phase).toBe("cancelled");
  });

  it("are helped out by one answer on several orders, after which only what it does not name is asked for", async () => {
    const cancelled = order({ id: "9", client_order_id: "w-3", status: "cancelled" });
    const single = vi.fn(async () => cancelled);
    const parts = feedOf({ ...NOTHING_ELSE, order: single });
    const others = [order({ id: "9", client_order_id: "w-3" })];
    parts.tell("user.orders", { reset: true, orders: [order(), ...others] });
    await parts.feed.lookUpAll([...parts.state().orders.values()]);
    expect(single.mock.calls).toEqual([["9"]]);
    expect([...parts.state().orders.values()].map(({ phase }) => phase)).toEqual(["open", "cancelled"]);
  });

  it("leave several orders as they are where nobody answers on them", async () => {
    const single = vi.fn();
    const parts = feedOf({ orders: () => Promise.reject(AWAY), order: single });
    parts.tell("user.orders", { reset: true, orders: [order()] });
    await parts.feed.lookUpAll([...parts.state().orders.values()]);
    expect(single).not.toHaveBeenCalled();
  });

  it("make the pages of the past outdated when they begin anew", () => {
    const parts = feedOf();
    parts.tellAll();
    parts.tellAll();
    expect(parts.onOutdated.mock.calls).toEqual([["closed"], ["fills"]]);
  });

  it("are ended and forgotten when the person goes", () => {
    const parts = feedOf();
    parts.tellAll();
    parts.feed.stop();
    parts.tellAll();
    expect(parts.state()).toMatchObject({ account: null, balances: null, ordersKnown: false, fills: [] });
  });
});

describe("what the streams do not tell", () => {
  it("is asked for when they had their time", async () => {
    const balances = vi.fn(async () => ({ items: [USDC], next_cursor: null, sequence: "1" }));
    const parts = feedOf({ ...NOTHING_ELSE, balances } as never);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1);
    expect(balances).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(parts.state().balances?.get("USDC")).toEqual(USDC);
    expect(parts.state()).toMatchObject({ ordersKnown: true, fillsKnown: true, error: null });
    expect(parts.words).toEqual([]);
  });

  it("is not asked for where they told it", async () => {
    const balances = vi.fn();
    const parts = feedOf({ balances });
    parts.tellAll();
    await vi.advanceTimersByTimeAsync(2 * PATIENCE_MS);
    expect(balances).not.toHaveBeenCalled();
  });

  it("has an error that is kept until something is told", async () => {
    const parts = feedOf({ ...NOTHING_ELSE, balances: () => Promise.reject(AWAY) } as never);
    await vi.advanceTimersByTimeAsync(2 * PATIENCE_MS);
    expect(parts.state()).toMatchObject({ error: AWAY, balances: null });
    parts.tell("user.balances", { reset: true, balances: [USDC] });
    expect(parts.state().error).toBeNull();
  });

  it("does not undo what they say while it is on its way", async () => {
    const old = async () => ({ items: [{ ...USDC, available: "9" }], next_cursor: null, sequence: "1" });
    const parts = feedOf({ ...NOTHING_ELSE, balances: old } as never);
    parts.tellAll();
    const asked = parts.feed.refresh();
    parts.tell("user.balances", { reset: false, balances: [{ ...USDC, available: "4" }] });
    await asked;
    expect(parts.state().balances?.get("USDC")?.available).toBe("4");
  });

  it("is not taken for one person when it was asked for another", async () => {
    let answer = (_: unknown) => {};
    const balances = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const parts = feedOf({ ...NOTHING_ELSE, balances } as never);
    const asked = parts.feed.refresh();
    parts.feed.start("2");
    answer({ items: [USDC] });
    await asked;
    expect(parts.state()).toMatchObject({ account: "2", balances: null });
  });
});

describe("its age", () => {
  it("is told once nobody has vouched for it for long, and no more when the streams are back", async () => {
    const parts = feedOf();
    parts.tellAll();
    parts.live();
    await vi.advanceTimersByTimeAsync(STALE_AFTER_MS - 1_000);
    expect(parts.state().staleSeconds).toBeNull();
    parts.status.state = "reconnecting";
    await vi.advanceTimersByTimeAsync(2_000);
    expect(parts.state().staleSeconds).toBe(11);
    parts.live();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(parts.state().staleSeconds).toBeNull();
  });

  it("grows though other streams live, where it is not let in to these", async () => {
    const parts = feedOf();
    parts.tellAll();
    parts.live();
    parts.status.authenticated = false;
    await vi.advanceTimersByTimeAsync(STALE_AFTER_MS);
    expect(parts.state().staleSeconds).toBe(10);
  });
});

it("asks after something was done here only where the streams cannot tell", async () => {
  const balances = vi.fn(() => Promise.reject(AWAY));
  const parts = feedOf({ ...NOTHING_ELSE, balances } as never);
  parts.live();
  parts.feed.changed();
  expect(balances).not.toHaveBeenCalled();
  parts.status.authenticated = false;
  parts.feed.changed();
  expect(balances).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(0);
});
