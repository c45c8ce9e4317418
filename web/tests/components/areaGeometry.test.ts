import { describe, expect, it } from "vitest";
import { areaGeometry, nearestPoint, timeTicks } from "@/components/areaGeometry";
import { sparkPath } from "@/components/Spark";

const RISE = [
  { time: 0, value: 1 },
  { time: 50, value: 2 },
  { time: 100, value: 3 },
];

describe("an area over time", () => {
  it("runs from edge to edge, the highest value at the top", () => {
    const shape = areaGeometry(RISE, 200, 100);
    expect(shape?.at.map(({ x, y }) => [x, y])).toEqual([
      [0, 90],
      [100, 45],
      [200, 0],
    ]);
    expect(shape?.baseY).toBe(90);
    expect(shape?.high?.value).toBe(3);
  });

  it("is a line in the middle where nothing moved", () => {
    const flat = areaGeometry([RISE[0], { time: 9, value: 1 }] as typeof RISE, 10, 100);
    expect(flat?.at.map(({ y }) => y)).toEqual([50, 50]);
  });

  it.each([
    ["one point", RISE.slice(0, 1), 10, 10],
    ["no point", [], 10, 10],
    ["no width", RISE, 0, 10],
    ["no height", RISE, 10, 0],
  ])("is not drawn with %s", (_, points, width, height) => {
    expect(areaGeometry(points, width, height)).toBeNull();
  });

  it("has no NaN where all times are equal", () => {
    const shape = areaGeometry([RISE[0], { time: 0, value: 2 }] as typeof RISE, 10, 10);
    expect(shape?.line).not.toContain("NaN");
  });

  it("finds the point under the pointer", () => {
    const shape = areaGeometry(RISE, 200, 100);
    expect(shape && [-5, 49, 51, 149, 151, 900].map((x) => nearestPoint(shape, x))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it("has round times on its axis, no more than there is room for", () => {
    const start = new Date(2026, 10, 19, 9, 30).getTime();
    const days = [
      { time: start, value: 1 },
      { time: start + 6 * 86_400_000, value: 2 },
    ];
    const ticks = timeTicks(days, 600, 6);
    expect(ticks.map(({ time }) => new Date(time).getDate())).toEqual([20, 21, 22, 23, 24, 25]);
    for (const { time, x } of ticks) {
      expect(new Date(time).getHours()).toBe(0);
      expect(x).toBeGreaterThan(0);
    }
    expect(timeTicks(days, 600, 3)).toHaveLength(3);
  });
});

describe("a spark", () => {
  it("fills its box", () => expect(sparkPath([1, 3, 2])).toBe("M0.0 24.0L50.0 2.0L100.0 13.0"));
  it("is flat where nothing moved", () => expect(sparkPath([5, 5])).toBe("M0.0 13.0L100.0 13.0"));
});
