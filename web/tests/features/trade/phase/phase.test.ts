import { describe, expect, it } from "vitest";
import {
  auctionReason,
  countdownText,
  outcomeOf,
  phaseOf,
  secondsLeft,
  takesOrders,
} from "@/features/trade/phase/phase";

describe("the phase", () => {
  it("is the status, and apart from it an auction that has ended and whose orders trade", () => {
    expect(phaseOf("open", null)).toBe("open");
    expect(phaseOf("auction", null)).toBe("auction");
    expect(phaseOf("auction", { status: "auction", uncrossing: true })).toBe("uncrossing");
  });

  it("goes by the rules where they are newer than what was said of the auction", () => {
    expect(phaseOf("open", { status: "auction", uncrossing: true })).toBe("open");
    expect(phaseOf("auction", { status: "open", uncrossing: true })).toBe("auction");
  });

  it.each([
    ["open", true],
    ["auction", true],
    ["uncrossing", false],
    ["halted", false],
    ["cancel_only", false],
    ["created", false],
    ["delisted", false],
  ] as const)("%s takes orders: %s", (phase, taken) => expect(takesOrders(phase)).toBe(taken));
});

describe("why a market is in auction", () => {
  const guarded = { interruption_ppm: 20_000, auction_ends_at: "2026-11-25T14:30:00.123456Z" };
  const traded = { last_price: "0.042" };

  it.each([
    ["nothing has traded yet", guarded, { last_price: null }, "opening"],
    ["it ends so many seconds after an order, to the microsecond", guarded, traded, "volatility"],
    ["its end was named", { ...guarded, auction_ends_at: "2026-11-25T14:30:00.000000Z" }, traded, "called"],
    ["it has no end", { ...guarded, auction_ends_at: null }, traded, "called"],
    ["the market is never interrupted by a move", { ...guarded, interruption_ppm: 0 }, traded, "called"],
    ["that is not known yet", null, traded, null],
    ["the last price is not known yet", guarded, null, null],
  ] as const)("%s", (_, rules, ticker, reason) => expect(auctionReason(rules, ticker)).toBe(reason));
});

describe("the countdown", () => {
  it("counts whole seconds down to nothing", () => {
    const end = "2026-11-25T14:30:00.500000Z";
    expect(secondsLeft(end, Date.parse("2026-11-25T14:29:58.000Z"))).toBe(3);
    expect(secondsLeft(end, Date.parse("2026-11-25T14:30:09.000Z"))).toBe(0);
    expect(secondsLeft(null, 0)).toBeNull();
  });

  it.each([
    [0, "00:00"],
    [503, "08:23"],
    [3_599, "59:59"],
    [4_103, "1:08:23"],
    [176_400, "49:00:00"],
  ])("writes %d s as %s", (seconds, text) => expect(countdownText(seconds)).toBe(text));
});

describe("what becomes of an order at the price indicated", () => {
  it.each([
    ["buy", 101n, "trades"],
    ["buy", 100n, "perhaps"],
    ["buy", 99n, "waits"],
    ["sell", 99n, "trades"],
    ["sell", 100n, "perhaps"],
    ["sell", 101n, "waits"],
  ] as const)("%s at %d: %s", (side, price, outcome) => {
    expect(outcomeOf({ side, price }, 100n)).toBe(outcome);
  });

  it("is not known without a limit or a price", () => {
    expect(outcomeOf({ side: "buy", price: undefined }, 100n)).toBeNull();
    expect(outcomeOf({ side: "buy", price: 100n }, null)).toBeNull();
  });
});
