import { describe, expect, it } from "vitest";
import { wholeTicks } from "@/features/chart/timeTicks";

const words = (ticks: readonly { coord: number; text: string }[]) =>
  wholeTicks(ticks, 300, (text) => text.length * 6).map(({ coord, text }) => [coord, text]);

describe("the time axis", () => {
  it.each([
    ["in the middle", 150, "16:00"],
    ["whole at the start", 15, "16:00"],
    ["cut at the start", 14, ""],
    ["whole at the end", 285, "16:00"],
    ["cut at the end", 286, ""],
  ])("labels a time %s", (_, coord, text) => {
    expect(words([{ coord, text: "16:00" }])).toEqual([[coord, text]]);
  });

  it("keeps every tick, for its grid line", () => {
    expect(words([0, 100, 200, 300].map((coord) => ({ coord, text: "1 Nov" })))).toHaveLength(4);
  });
});
