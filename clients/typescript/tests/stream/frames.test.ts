import { describe, expect, test } from "vitest";
import type { Balance, CandleView, Fill, PreventedTrade } from "../../src/client.ts";
import { backoffMs } from "../../src/stream/backoff.ts";
import type { OrdersFrame, TapeTrade } from "../../src/stream/channels.ts";
import { type Feed, feedOf } from "../../src/stream/feeds.ts";
import {
  CANDLES_KEPT,
  foldBalances,
  foldCandles,
  foldFills,
  foldOrders,
  foldPreventions,
  foldTrades,
  openOrders,
  PREVENTIONS_KEPT,
  TRADES_KEPT,
} from "../../src/stream/frames.ts";
import { LatencyWindow } from "../../src/stream/latency.ts";
import { type DataMessage, readMessage } from "../../src/stream/protocol.ts";
import { order } from "../answers.ts";

const trade = (id: number): TapeTrade => ({
  trade_id: String(id),
  side: "buy",
  price: "1",
  quantity: "1",
  auction: false,
  time: "",
});
const trades = (reset: boolean, ...ids: number[]) => ({ market: "M", reset, trades: ids.map(trade) });
const ids = (frame: { trades: readonly TapeTrade[] }): number[] =>
  frame.trades.map((one) => Number(one.trade_id));

describe("frames that add up", () => {
  test("trades stand once, by rising id", () => {
    const both = foldTrades(trades(false, 9, 10), trades(false, 10, 11));
    expect([both.reset, ids(both)]).toEqual([false, [9, 10, 11]]);
  });

  test("a snapshot replaces what was there", () => {
    const both = foldTrades(trades(false, 1, 2), trades(true, 7));
    expect([both.reset, ids(both)]).toEqual([true, [7]]);
    expect(foldTrades(both, trades(false, 8))).toMatchObject({ reset: true });
  });

  test("a difference that grew too long is taken as all there is", () => {
    const many = Array.from({ length: TRADES_KEPT }, (_, at) => at + 1);
    const both = foldTrades(trades(false, ...many), trades(false, TRADES_KEPT + 1));
    expect([both.reset, both.trades.length, ids(both)[0]]).toEqual([true, TRADES_KEPT, 2]);
  });

  test("a candle has its newest content", () => {
    const candle = (minute: number, count: number): CandleView =>
      ({ time: new Date(minute * 60_000).toISOString(), trades: count }) as CandleView;
    const frame = (...candles: CandleView[]) => ({ market: "M", interval: "1m", reset: false, candles });
    const both = foldCandles(frame(candle(1, 1), candle(2, 1)), frame(candle(2, 5), candle(3, 1)));
    expect(both.candles.map((one) => one.trades)).toEqual([1, 5, 1]);
    const long = frame(...Array.from({ length: CANDLES_KEPT + 1 }, (_, at) => candle(at, 1)));
    const newest = foldCandles(frame(candle(0, 1)), long);
    expect([newest.reset, newest.candles.length]).toEqual([true, CANDLES_KEPT]);
    expect([newest.candles[0]?.time, newest.candles.at(-1)?.time]).toEqual([
      long.candles[1]?.time,
      long.candles.at(-1)?.time,
    ]);
  });

  test("an order has its newest content, and closed ones leave what is whole", () => {
    const open = order("a", { id: "9" });
    const filled = order("a", { id: "9", status: "filled" });
    const other = order("b", { id: "10" });
    const held = foldOrders(null, { reset: true, orders: [open], more: true });
    const both = foldOrders(held, { reset: false, orders: [filled, other] });
    expect(both.orders.map(({ id, status }) => [id, status])).toEqual([
      ["10", "open"],
      ["9", "filled"],
    ]);
    expect(openOrders(both)).toMatchObject({ reset: true, more: true, orders: [{ id: "10" }] });
  });

  test("fills rise by sequence and balances stand by asset", () => {
    const fill = (sequence: number, tradeId: number): Fill =>
      ({ market: "M", trade_id: String(tradeId), order_id: "1", sequence: String(sequence) }) as Fill;
    const fills = foldFills(
      { reset: false, fills: [fill(100, 2)] },
      { reset: false, fills: [fill(99, 1), fill(100, 2)] },
    );
    expect(fills.fills.map((one) => one.trade_id)).toEqual(["1", "2"]);
    const anew = foldFills(fills, { reset: true, fills: [fill(200, 9)] });
    expect([anew.reset, anew.fills.map((one) => one.trade_id)]).toEqual([true, ["9"]]);
    const balance = (asset: string, available: string): Balance => ({ asset, available, locked: "0" });
    expect(
      foldBalances(
        { reset: true, balances: [balance("USDC", "5"), balance("BTC", "1")] },
        { reset: false, balances: [balance("USDC", "4")] },
      ),
    ).toEqual({ reset: true, balances: [balance("BTC", "1"), balance("USDC", "4")] });
  });
});

test("preventions stand in the order in which they came, the newest of them", () => {
  const met = (sequence: number) => ({ sequence: String(sequence) }) as PreventedTrade;
  const held = foldPreventions({ reset: true, prevented: [met(1)] }, { reset: false, prevented: [met(2)] });
  expect(held).toEqual({ reset: true, prevented: [met(1), met(2)] });
  const many = Array.from({ length: PREVENTIONS_KEPT }, (_, count) => met(count + 3));
  const full = foldPreventions(held, { reset: false, prevented: many });
  expect([full.prevented.length, full.prevented[0]?.sequence]).toEqual([PREVENTIONS_KEPT, "3"]);
  expect(foldPreventions(full, { reset: true, prevented: [met(9)] }).prevented).toEqual([met(9)]);
});

describe("what was not handed on", () => {
  const told = (channel: string, sequence: number, previous: number | null, data: Record<string, unknown>) =>
    ({
      channel,
      type: previous === null ? "snapshot" : "update",
      epoch: "3",
      previous: previous === null ? null : String(previous),
      sequence: String(sequence),
      data,
    }) as unknown as DataMessage;

  test("before something was found missing is left out", () => {
    const feed = feedOf("trades.M", undefined) as Feed;
    feed.apply(told("trades.M", 7, null, { trades: [trade(7)] }));
    feed.apply(told("trades.M", 8, 7, { trades: [trade(8)] }));
    expect(feed.apply(told("trades.M", 12, 11, { trades: [trade(12)] }))).toBe("gap");
    expect([feed.take(), feed.position]).toEqual([null, null]);
  });

  test("of orders, however many close unseen, is bounded", () => {
    const feed = feedOf("user.orders", undefined) as Feed;
    feed.apply(told("user.orders", 1, null, { orders: [order("open", { id: "1" })] }));
    for (let at = 2; at < 2_000; at += 1) {
      const closed = order(`c-${at}`, { id: String(at), status: "filled" });
      feed.apply(told("user.orders", at, at - 1, { orders: [closed] }));
    }
    const frame = (feed.take() as { value: OrdersFrame }).value;
    expect(frame.orders.length).toBeLessThanOrEqual(500);
    expect(frame.orders.map(({ id }) => id)).toContain("1");
  });
});

describe("waits", () => {
  test("double, between half of themselves and the whole, up to the longest", () => {
    const limits = { firstMs: 500, mostMs: 30_000 };
    const waits = (random: number) =>
      [1, 2, 3, 7, 8, 99].map((attempt) => backoffMs(attempt, limits, { random: () => random }));
    expect(waits(0)).toEqual([250, 500, 1_000, 15_000, 15_000, 15_000]);
    expect(waits(1)).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  });
});

describe("the last minute", () => {
  test("has a median, a worst and the skew of the quickest", () => {
    const window = new LatencyWindow();
    expect([window.medianMs(0), window.worstMs(0), window.skewMs(0)]).toEqual([null, null, null]);
    window.add(1_000, 20, 490);
    window.add(2_000, 200, 1_300);
    window.add(3_000, 30, 2_500);
    expect([window.medianMs(3_000), window.worstMs(3_000), window.skewMs(3_000)]).toEqual([30, 200, 500]);
    expect(window.worstMs(62_500)).toBe(30);
    expect(window.worstMs(99_000)).toBeNull();
  });
});

describe("frames of the socket", () => {
  const data = {
    channel: "ticker.M",
    type: "update",
    epoch: "1",
    previous: "4",
    sequence: "5",
    journal_sequence: "9",
    time: "t",
    data: {},
  };

  test.each<[string, unknown, string | null]>([
    ["an update", data, "data"],
    ["a snapshot", { ...data, type: "snapshot", previous: null }, "data"],
    ["a control message", { op: "pong", id: "1", time: "t" }, "control"],
    ["an operation of a later server", { op: "news" }, "control"],
    ["a message of a later server", { news: [] }, "unknown"],
    ["an update without previous", { ...data, previous: null }, "broken"],
    ["a sequence that is a number", { ...data, sequence: 5 }, "broken"],
    ["a sequence below zero", { ...data, sequence: "-5" }, "broken"],
    ["another type", { ...data, type: "reset" }, "broken"],
    ["data that is a list", { ...data, data: [] }, "broken"],
    ["a list", [data], null],
    ["nothing", null, null],
  ])("%s", (_, message, kind) => {
    expect(readMessage(JSON.stringify(message))?.kind ?? null).toBe(kind);
  });

  test("what is no JSON is no message", () => {
    expect(readMessage("{")).toBeNull();
  });
});
