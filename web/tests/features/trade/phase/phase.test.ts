import { describe, expect, it } from "vitest";
import {
  countdownText,
  isOpening,
  mayInterrupt,
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

describe("an auction", () => {
  const guarded = { interruption_ppm: 20_000, auction_ends_at: "2026-11-25T14:30:00.123456Z" };
  const traded = { last_price: "0.042" };

  it("opens a market in which nothing has traded yet", () => {
    expect(isOpening({ last_price: null })).toBe(true);
    expect(isOpening(traded)).toBe(false);
    expect(isOpening(null)).toBe(false);
  });

  it.each([
    ["where moves interrupt the market", guarded, traded, true],
    ["whatever its end", { ...guarded, auction_ends_at: "2026-11-25T14:30:00.000000Z" }, traded, true],
    ["not before the first trade", guarded, { last_price: null }, false],
    ["not without an end", { ...guarded, auction_ends_at: null }, traded, false],
    ["not where no move interrupts the market", { ...guarded, interruption_ppm: 0 }, traded, false],
    ["not while the rules are not known", null, traded, false],
    ["not while the last price is not known", guarded, null, false],
  ] as const)("may come of a move %s", (_, rules, ticker, may) => {
    expect(mayInterrupt(rules, ticker)).toBe(may);
  });
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
