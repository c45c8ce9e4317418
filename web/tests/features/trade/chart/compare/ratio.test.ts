import { expect, it } from "vitest";
import { changeInSight, ratioOf } from "@/features/trade/chart/compare/ratio";

const SIGHT = [
  { timestamp: 1, close: 10 },
  { timestamp: 2, close: 12 },
  { timestamp: 3, close: 9 },
];

it.each([
  [
    "begins with the first bar of both",
    [
      [1, 5],
      [2, 6],
    ],
    2,
  ],
  [
    "begins later where the other market does",
    [
      [2, 6],
      [3, 8],
    ],
    2,
  ],
  ["is none without the other's bars", [], null],
  ["is none where they never stand together", [[7, 5]], null],
  [
    "leaves out a close of nothing",
    [
      [1, 0],
      [2, 3],
    ],
    4,
  ],
] as [string, [number, number][], number | null][])("the ratio %s", (_, other, ratio) => {
  expect(ratioOf(SIGHT, new Map(other))).toBe(ratio);
});

it.each([
  [
    "from its first bar in sight to its last",
    [
      [1, 5],
      [2, 6],
      [3, 4],
    ],
    -200_000n,
  ],
  ["of one bar alone", [[2, 6]], 0n],
  ["of none", [[9, 6]], null],
] as [string, [number, number][], bigint | null][])("the change %s", (_, other, ppm) => {
  expect(changeInSight(SIGHT, new Map(other))).toBe(ppm);
});
