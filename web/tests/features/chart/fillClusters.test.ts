import { describe, expect, it } from "vitest";
import { clustered, MARKS_MAX } from "@/features/chart/fillClusters";

const marks = (count: number, every = 1) =>
  Array.from({ length: count }, (_, at) => ({ at: at * every, buys: 1, sells: at % 2 }));

describe("marks of fills", () => {
  it.each([
    [0, 0],
    [1, 1],
    [MARKS_MAX, MARKS_MAX],
    [MARKS_MAX + 1, 101],
    [1_000, MARKS_MAX],
  ])("%d bars with fills are %d marks", (bars, count) => {
    expect(clustered(marks(bars))).toHaveLength(count);
  });

  it("stand one by one as long as there are few, however far apart", () => {
    expect(clustered(marks(3, 500))).toEqual([
      { from: 0, to: 0, buys: 1, sells: 0 },
      { from: 500, to: 500, buys: 1, sells: 1 },
      { from: 1_000, to: 1_000, buys: 1, sells: 0 },
    ]);
  });

  it("become one with the counts of both sides, and none is lost", () => {
    expect(clustered(marks(6), 3)).toEqual([
      { from: 0, to: 1, buys: 2, sells: 1 },
      { from: 2, to: 3, buys: 2, sells: 1 },
      { from: 4, to: 5, buys: 2, sells: 1 },
    ]);
    const all = clustered(marks(5_000, 3));
    expect(all.length).toBeLessThanOrEqual(MARKS_MAX);
    expect(all.reduce((sum, { buys }) => sum + buys, 0)).toBe(5_000);
    expect(all.reduce((sum, { sells }) => sum + sells, 0)).toBe(2_500);
  });
});
