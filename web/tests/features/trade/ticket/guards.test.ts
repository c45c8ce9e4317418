import { type DraftOrder, type LevelPair, quote } from "@cse/client";
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
  return guard({
    guards: quote({ side: "buy", type: "limit", ...order }, BOOK, LUNA).guards,
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
    expect(decide({ price: 4_002n, quantity: 10n }, { confirms: true })).toEqual({ ask: true, reasons: [] });
  });

  it("is so while prices may be old, which is said last", () => {
    expect(decide({ price: 4_202n, quantity: 10n }, { stale: true }).reasons).toEqual([
      "far_from_middle",
      "old_prices",
    ]);
  });
});

it("in an auction a limit is far from the price indicated, and not from the middle of a crossed book", () => {
  const market = { ...LUNA, status: "auction" } as const;
  const reasons = (price: bigint, indicative: bigint | null) => {
    const order: DraftOrder = { side: "buy", type: "limit", price, quantity: 10n };
    const { guards } = quote(order, { bids: ASKS, asks: BIDS }, market, null, null, indicative);
    return guard({ guards, auction: true, stale: false, confirms: false }).reasons;
  };
  expect(reasons(4_200n, 4_000n)).toEqual([]);
  expect(reasons(4_201n, 4_000n)).toEqual(["far_from_indicative"]);
  expect(reasons(9_000n, null)).toEqual([]);
});
