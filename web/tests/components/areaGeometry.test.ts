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

  it("spreads its times evenly", () => {
    expect(timeTicks(RISE, 200, 4).map(({ time }) => time)).toEqual([0, 25, 50, 75]);
  });
});

describe("a spark", () => {
  it("fills its box", () => expect(sparkPath([1, 3, 2])).toBe("M0.0 24.0L50.0 2.0L100.0 13.0"));
  it("is flat where nothing moved", () => expect(sparkPath([5, 5])).toBe("M0.0 13.0L100.0 13.0"));
});
