import type { AuctionView, TapeTrade } from "@cse/client";
import { describe, expect, it } from "vitest";
import { emptyFeed, TAPE_MAX, withMarket, withNewer } from "@/features/trade/feed/marketFeed";
import { LUNA_RULES } from "../markets";

const trade = (id: number): TapeTrade => ({
  trade_id: String(id),
  side: "buy",
  price: "1",
  quantity: "1",
  auction: false,
  time: "2026-11-25T12:00:00.000000Z",
});
const frame = (ids: number[], reset = false) => ({ market: "LUNA-USDC", reset, trades: ids.map(trade) });
const ids = (tape: readonly TapeTrade[]) => tape.map((each) => Number(each.trade_id));

describe("the tape", () => {
  it("puts the newest on top", () => {
    expect(ids(withNewer([trade(2), trade(1)], frame([3, 4])))).toEqual([4, 3, 2, 1]);
  });

  it("shows no trade twice", () => {
    expect(ids(withNewer([trade(3), trade(2)], frame([2, 3, 4])))).toEqual([4, 3, 2]);
  });

  it("counts ids as numbers, not as words", () => {
    expect(ids(withNewer([trade(9)], frame([10])))).toEqual([10, 9]);
  });

  it("starts anew with a snapshot", () => {
    expect(ids(withNewer([trade(9)], frame([1, 2], true)))).toEqual([2, 1]);
  });

  it("is the same object where nothing is new", () => {
    const tape = [trade(3)];
    expect(withNewer(tape, frame([2, 3]))).toBe(tape);
  });

  it("keeps a bound", () => {
    const many = Array.from({ length: 500 }, (_, index) => index);
    expect(withNewer([], frame(many))).toHaveLength(TAPE_MAX);
  });
});

describe("rules and auction", () => {
  const auction = (volume: string): AuctionView => ({
    market: "LUNA-USDC",
    status: "auction",
    auction_ends_at: null,
    uncrossing: false,
    price: "0.04200",
    volume,
    surplus: "0",
    surplus_side: null,
    sequence: "9",
  });

  it("keep the rules' object while only the auction moves, so that nothing renders for it", () => {
    const first = withMarket(emptyFeed("LUNA-USDC").getState(), { rules: LUNA_RULES, auction: auction("1") });
    const next = withMarket(first, { rules: { ...LUNA_RULES }, auction: auction("2") });
    expect(next.rules).toBe(first.rules);
    expect(next.auction?.volume).toBe("2");
  });

  it("take other rules over", () => {
    const first = withMarket(
      { rules: LUNA_RULES },
      { rules: { ...LUNA_RULES, status: "halted" }, auction: auction("1") },
    );
    expect(first.rules?.status).toBe("halted");
  });
});
