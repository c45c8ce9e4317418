import { type DraftOrder, type LevelPair, quote, twiceMiddle } from "@cse/client";
import { describe, expect, it } from "vitest";
import { type GuardDecision, guard } from "@/features/trade/ticket/guards";
import { LUNA } from "../markets";

const BIDS: LevelPair[] = [
  [4_000n, 100_000n],
  [3_990n, 100_000n],
  [3_000n, 100_000n],
];
const ASKS: LevelPair[] = [
  [4_002n, 100_000n],
  [4_012n, 100_000n],
  [6_000n, 100_000n],
];
const BOOK = { bids: BIDS, asks: ASKS };

function decide(
  order: Partial<DraftOrder>,
  more: { stale?: boolean; confirms?: boolean } = {},
): GuardDecision {
  const whole: DraftOrder = { side: "buy", type: "limit", ...order };
  return guard({
    order: whole,
    quote: quote(whole, BOOK, LUNA),
    twiceMiddle: twiceMiddle(BOOK),
    auction: false,
    stale: more.stale ?? false,
    confirms: more.confirms ?? false,
  });
}

describe("whether an order asks first", () => {
  it.each<[string, Partial<DraftOrder>, string[]]>([
    ["a small order at the touch", { price: 4_002n, quantity: 10n }, []],
    ["5 % above the middle", { price: 4_201n, quantity: 10n }, []],
    ["more than 5 % above the middle", { price: 4_202n, quantity: 10n }, ["far_from_middle"]],
    ["more than 5 % below the middle", { price: 3_800n, quantity: 10n }, ["far_from_middle"]],
    ["half of what is offered", { price: 4_100n, quantity: 150_000n }, []],
    ["more than half of what is offered", { price: 4_100n, quantity: 150_001n }, ["most_of_the_side"]],
    [
      "a market order through the whole side",
      { type: "market", quantity: 300_000n },
      ["price_effect", "most_of_the_side"],
    ],
    ["a small market order", { type: "market", quantity: 10n }, []],
  ])("%s", (_, order, reasons) => {
    const decision = decide(order);
    expect(decision.reasons).toEqual(reasons);
    expect(decision.ask).toBe(reasons.length > 0);
  });

  it("is so whenever the person wants it, for no other reason", () => {
    expect(decide({ price: 4_002n, quantity: 10n }, { confirms: true })).toMatchObject({
      ask: true,
      reasons: [],
    });
  });

  it("is so while prices may be old", () => {
    expect(decide({ price: 4_002n, quantity: 10n }, { stale: true }).reasons).toEqual(["old_prices"]);
  });
});

describe("whether the number must be typed", () => {
  it.each<[string, Partial<DraftOrder>, boolean]>([
    ["an effect of 16 %", { type: "market", quantity: 300_000n }, true],
    ["a buy 15 % above the middle", { price: 4_601n, quantity: 10n }, false],
    ["a buy more than 15 % above the middle", { price: 4_602n, quantity: 10n }, true],
    ["a buy far below the middle, which costs nobody anything", { price: 2_000n, quantity: 10n }, false],
    ["a sell more than 15 % below the middle", { side: "sell", price: 3_400n, quantity: 10n }, true],
    ["a sell far above the middle", { side: "sell", price: 8_000n, quantity: 10n }, false],
  ])("%s", (_, order, typed) => {
    expect(decide(order).typePpm !== null).toBe(typed);
  });
});

describe("in an auction", () => {
  const market = { ...LUNA, status: "auction" } as const;
  const crossed = { bids: ASKS, asks: BIDS };
  const asked = (price: bigint, twice: bigint | null) => {
    const order: DraftOrder = { side: "buy", type: "limit", price, quantity: 10n };
    return guard({
      order,
      quote: quote(order, crossed, market),
      twiceMiddle: twice,
      auction: true,
      stale: false,
      confirms: false,
    });
  };

  it("a limit is measured against the price indicated, and not against a crossed book", () => {
    expect(asked(4_200n, 8_000n).reasons).toEqual([]);
    expect(asked(4_201n, 8_000n).reasons).toEqual(["far_from_indicative"]);
    expect(asked(4_700n, 8_000n).typePpm).toBe(175_000n);
  });

  it("nothing is far where there is no price yet", () => {
    expect(asked(9_000n, null)).toMatchObject({ ask: false, reasons: [], typePpm: null });
  });
});
