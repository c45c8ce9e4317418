import { describe, expect, it } from "vitest";
import {
  areaGeometry,
  areaTicks,
  baseLabelPlace,
  chartPoint,
  nearestPoint,
  timeTicks,
} from "@/components/areaGeometry";
import { sparkPath } from "@/components/Spark";

const RISE = [chartPoint(0, "1"), chartPoint(50, "2"), chartPoint(100, "3.00")];

describe("an area over time", () => {
  it("runs from edge to edge, the highest value at the top", () => {
    const shape = areaGeometry(RISE, 200, 100);
    expect(shape?.at.map(({ x, y }) => [x, y])).toEqual([
      [0, 90],
      [100, 45],
      [200, 0],
    ]);
    expect(shape?.baseY).toBe(90);
    expect(shape?.high?.text).toBe("3.00");
  });

  it("is a line in the middle where nothing moved", () => {
    const flat = areaGeometry([chartPoint(0, "1"), chartPoint(9, "1")], 10, 100);
    expect(flat?.at.map(({ y }) => y)).toEqual([45, 45]);
  });

  it("makes no cliff of a dollar on a thousand", () => {
    const shape = areaGeometry([chartPoint(0, "1000"), chartPoint(9, "1001")], 10, 100);
    const [from = 0, to = 0] = shape?.at.map(({ y }) => y) ?? [];
    expect(from - to).toBeGreaterThan(0);
    expect(from - to).toBeLessThan(10);
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
    const shape = areaGeometry([chartPoint(0, "1"), chartPoint(0, "2")], 10, 10);
    expect(shape?.line).not.toContain("NaN");
  });

  it("finds the point under the pointer", () => {
    const shape = areaGeometry(RISE, 200, 100);
    expect(shape && [-5, 49, 51, 149, 151, 900].map((x) => nearestPoint(shape, x))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it.each([
    ["rises", [1, 2, 3, 4], "at its end", { x: 292, y: 107 }],
    ["comes back to the line", [2, 1, 1, 1, 1, 1, 1, 2], "before its end", { x: 244, y: 17 }],
  ])("labels the dotted line of a course that %s", (_, values, __, place) => {
    const shape = areaGeometry(
      values.map((value, time) => chartPoint(time, String(value))),
      300,
      100,
    );
    expect(shape && baseLabelPlace(shape, 300, 60)).toEqual(place);
  });

  it.each([[[2, 1, 3, 1, 2, 3, 2, 2, 2]], [[5, 4, 1, 2, 9, 5, 5]], [[1, 9, 1, 9, 5, 5, 5]]])(
    "keeps that label clear of the course %j",
    (values) => {
      const shape = areaGeometry(
        values.map((value, time) => chartPoint(time, String(value))),
        600,
        100,
      );
      const label = shape && baseLabelPlace(shape, 600, 60);
      if (!shape || !label) throw new Error("there is room for it");
      for (let x = label.x - 60; x <= label.x; x++) {
        const right = shape.at.findIndex((place) => place.x >= x);
        const [from, to] = [shape.at[Math.max(right - 1, 0)], shape.at[right]];
        if (!from || !to) continue;
        const y = from.y + (to.y - from.y) * (to.x === from.x ? 0 : (x - from.x) / (to.x - from.x));
        expect(y < label.y - 11 || y > label.y).toBe(true);
      }
    },
  );

  it("leaves that label out where a course fills the box", () => {
    const shape = areaGeometry(
      [5, 9, 1, 9, 1, 9, 5].map((value, time) => chartPoint(time, String(value))),
      90,
      100,
    );
    expect(shape && baseLabelPlace(shape, 90, 60)).toBeNull();
  });

  it("has round times on its axis, no more than there is room for", () => {
    const start = new Date(2026, 10, 19, 9, 30).getTime();
    const days = [chartPoint(start, "1"), chartPoint(start + 6 * 86_400_000, "2")];
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

describe("times under an area", () => {
  const HOUR = 3_600_000;
  const day = [0, 24].map((hour) => chartPoint(new Date(2026, 10, 25, hour).getTime(), "1"));

  it("are round ones, none cut by an edge", () => {
    const ticks = areaTicks(day, 240, 5);
    expect(ticks.map(({ time }) => (time - (day[0]?.time ?? 0)) / HOUR)).toEqual([6, 12, 18]);
    expect(new Set(ticks.map(({ anchor }) => anchor))).toEqual(new Set(["middle"]));
  });

  it("are the first and the last one at the edges of a narrow box", () => {
    expect(areaTicks(day, 240, null).map(({ x, anchor }) => [x, anchor])).toEqual([
      [16, "start"],
      [224, "end"],
    ]);
  });

  it("are none where there is no point", () => {
    expect(areaTicks([], 240, null)).toEqual([]);
  });
});
