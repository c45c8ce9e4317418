import { describe, expect, it } from "vitest";
import { placedTicks } from "@/features/chart/priceTicks";
import { asideFor } from "@/features/chart/tagPlaces";

describe("tags of orders", () => {
  const earlier = [
    { y: 100, width: 80 },
    { y: 110, width: 60 },
    { y: 200, width: 50 },
  ];
  it.each<[string, number, number]>([
    ["at the height of two others", 105, 80 + 6 + 60 + 6],
    ["at the height of one", 125, 60 + 6],
    ["just below one", 222, 0],
    ["alone", 300, 0],
  ])("%s", (_, y, aside) => {
    expect(asideFor({ y }, earlier, 22)).toBe(aside);
  });
});

describe("labels of the price axis", () => {
  it("give way to what is labelled already", () => {
    const ticks = [{ coord: 10 }, { coord: 40 }, { coord: 70 }];
    expect(placedTicks(ticks, [{ y: 45, half: 12 }])).toEqual([{ coord: 10 }, { coord: 70 }]);
    expect(placedTicks(ticks, [])).toEqual(ticks);
  });
});
