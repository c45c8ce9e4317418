import { describe, expect, it } from "vitest";
import { anchorOf, type Drawing, pointOf, shifted } from "@/features/drawing/drawing";

const NOON = Date.parse("2026-11-25T12:00:00Z");
const MINUTE = 60_000;

describe("an anchor", () => {
  it.each([
    ["on a bar is that bar", NOON - 5 * MINUTE, { time: NOON - 5 * MINUTE, bars: 0 }],
    ["on the newest bar is that bar", NOON, { time: NOON, bars: 0 }],
    ["beyond it counts bars from there", NOON + 45 * MINUTE, { time: NOON, bars: 3 }],
  ])("%s", (_, timestamp, anchor) => {
    const made = anchorOf({ timestamp, value: 0.042 }, NOON, "15m");
    expect(made).toEqual({ ...anchor, value: 0.042 });
    expect(pointOf(made, "15m")).toEqual({ timestamp, value: 0.042 });
  });

  it("stands at its time though newer bars have come", () => {
    const made = anchorOf({ timestamp: NOON + 45 * MINUTE, value: 1 }, NOON, "15m");
    expect(anchorOf(pointOf(made, "15m"), NOON + 60 * MINUTE, "15m")).toEqual({
      time: NOON + 45 * MINUTE,
      bars: 0,
      value: 1,
    });
  });

  it("counts months by the calendar", () => {
    const [november, february] = [Date.UTC(2026, 10), Date.UTC(2027, 1)];
    const made = anchorOf({ timestamp: february, value: 1 }, november, "1M");
    expect(made).toEqual({ time: november, bars: 3, value: 1 });
    expect(pointOf(made, "1M").timestamp).toBe(february);
  });
});

describe("a drawing that is moved by keys", () => {
  const line: Drawing = {
    id: 1,
    tool: "trend",
    interval: "15m",
    text: "",
    anchors: [
      { time: NOON - 60 * MINUTE, bars: 0, value: 1 },
      { time: NOON, bars: 0, value: 2 },
    ],
  };
  it.each([
    ["whole", false, [NOON - 45 * MINUTE, 1.5], [NOON + 15 * MINUTE, 2.5]],
    ["by its last point", true, [NOON - 60 * MINUTE, 1], [NOON + 15 * MINUTE, 2.5]],
  ])("%s", (_, lastAlone, first, last) => {
    const { anchors } = shifted(line, { bars: 1, value: 0.5 }, NOON, "15m", lastAlone);
    const points = anchors.map((anchor) => pointOf(anchor, "15m"));
    expect(points.map(({ timestamp, value }) => [timestamp, value])).toEqual([first, last]);
  });
});
