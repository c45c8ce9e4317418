import { describe, expect, it } from "vitest";
import { groupingMultiples, groupPrice, nearestMultiple } from "@/features/trade/book/grouping";

describe("the groupings on offer", () => {
  it.each<[string, bigint | null, bigint[]]>([
    ["0.04202 by 0.00001", 4_202n, [1n, 2n, 5n, 10n, 20n, 50n]],
    ["a price of one tick", 1n, [1n]],
    ["no price", null, [1n]],
    ["a price of a hundred ticks", 100n, [1n, 2n]],
    [
      "65,000.00 by 0.01",
      6_500_000n,
      [1n, 50n, 100n, 200n, 500n, 1_000n, 2_000n, 5_000n, 10_000n, 20_000n, 50_000n, 100_000n],
    ],
  ])("%s", (_, ticks, multiples) => {
    expect(groupingMultiples(ticks)).toEqual(multiples);
  });

  it("are true multiples, 1, 2 or 5 times a power of ten, whatever the price", () => {
    for (let ticks = 1n; ticks < 10n ** 12n; ticks = ticks * 3n + 1n) {
      for (const multiple of groupingMultiples(ticks)) {
        expect(multiple.toString()).toMatch(/^[125]0*$/);
      }
    }
  });
});

it("keeps to the nearest choice that is not wider when the price moved", () => {
  expect(nearestMultiple(50n, [1n, 2n, 5n])).toBe(5n);
  expect(nearestMultiple(1n, [1n, 2n])).toBe(1n);
  expect(nearestMultiple(20n, [1n, 50n])).toBe(1n);
});

describe("a price's group", () => {
  it.each<["bid" | "ask", bigint, bigint, bigint]>([
    ["bid", 4_203n, 5n, 4_200n],
    ["ask", 4_203n, 5n, 4_205n],
    ["bid", 4_205n, 5n, 4_205n],
    ["ask", 4_205n, 5n, 4_205n],
  ])("%s %d by %d is %d", (side, ticks, multiple, group) => {
    expect(groupPrice(side, ticks, multiple)).toBe(group);
  });
});
