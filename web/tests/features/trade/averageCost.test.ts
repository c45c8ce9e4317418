import { expect, it } from "vitest";
import { costInTicks } from "@/features/trade/averageCost";
import { LUNA } from "./markets";

it.each([
  ["0.04203", 4_203n],
  ["0.042034999", 4_203n],
  ["0.042036", 4_204n],
  ["123456789.12345678", 12_345_678_912_346n],
  ["0", 0n],
])("a cost of %s is drawn at %s ticks", (cost, ticks) => {
  expect(costInTicks(cost, LUNA)).toBe(ticks);
});
