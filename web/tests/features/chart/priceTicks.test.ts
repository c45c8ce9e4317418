import { expect, it } from "vitest";
import { placedTicks } from "@/features/chart/priceTicks";

const TICKS = [{ coord: 10 }, { coord: 40 }, { coord: 70 }];

it("keeps every tick of the axis where nothing else is labelled", () => {
  expect(placedTicks(TICKS, [])).toEqual(TICKS);
});

it.each<[string, { y: number; half: number }[], number[]]>([
  ["one that would be printed over", [{ y: 45, half: 12 }], [10, 70]],
  ["one that reaches a pixel into a label", [{ y: 59, half: 12 }], [10]],
  ["none that just clears it", [{ y: 20, half: 2 }], [10, 40, 70]],
  [
    "those of several labels",
    [
      { y: 10, half: 8 },
      { y: 72, half: 26 },
    ],
    [],
  ],
])("gives up %s", (_, taken, left) => {
  expect(placedTicks(TICKS, taken).map(({ coord }) => coord)).toEqual(left);
});
