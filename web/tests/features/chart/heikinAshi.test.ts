import { expect, it } from "vitest";
import { heikinAshi } from "@/features/chart/heikinAshi";

const bar = (open: number, high: number, low: number, close: number) => ({ open, high, low, close });

it.each([
  ["nothing of nothing", [], []],
  ["the first from its own prices", [bar(10, 14, 8, 12)], [bar(11, 14, 8, 11)]],
  [
    "each from the body before, as far as its own wicks reach",
    [bar(10, 14, 8, 12), bar(12, 20, 12, 16), bar(16, 16, 4, 4)],
    [bar(11, 14, 8, 11), bar(11, 20, 11, 15), bar(13, 16, 4, 10)],
  ],
  ["a still market as a line", [bar(5, 5, 5, 5), bar(5, 5, 5, 5)], [bar(5, 5, 5, 5), bar(5, 5, 5, 5)]],
])("an averaged candle: %s", (_, bars, averaged) => {
  expect(heikinAshi(bars)).toEqual(averaged);
});
