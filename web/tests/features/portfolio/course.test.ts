import type { ValueHistory } from "@cse/client";
import { describe, expect, it } from "vitest";
import { chartPoint } from "@/components/areaGeometry";
import { baseOf, courseOf, flowsOf } from "@/features/portfolio/course";

const at = (hour: number, minute = 0) => `2026-04-14T0${hour}:${String(minute).padStart(2, "0")}:00.000000Z`;
const flow = (time: string, worth: string | null) => ({ time, asset: "USDC", amount: "1", worth });
const point = (time: string, value: string | null) => ({ time, value, put_in: null });
const historyOf = (points: ReturnType<typeof point>[], flows: ReturnType<typeof flow>[]) =>
  ({ points, flows, gain: "10" }) as unknown as ValueHistory;

const HISTORY = historyOf(
  [point(at(0), "0"), point(at(1), "500"), point(at(2), "1110")],
  [flow(at(0, 10), "200"), flow(at(0, 20), "300"), flow(at(1, 30), "600")],
);
const NOW = chartPoint(Date.parse(at(3)), "1120.25");

describe("the course of an account's value", () => {
  const points = courseOf(HISTORY, NOW);

  it("begins with the first money, and ends now", () =>
    expect(points.map(({ text }) => text)).toEqual(["200", "500", "1110", "1120.25"]));

  it("has what came between two points in one mark", () =>
    expect(flowsOf(HISTORY, points, 6).map(({ worth }) => worth)).toEqual([
      200_000_000n,
      300_000_000n,
      600_000_000n,
    ]));

  it("is measured against what was there and what came", () =>
    expect(baseOf(HISTORY, 6)).toBe(1_100_000_000n));

  it("of a young account shows what it gained since its first money, of which no interval is over yet", () => {
    const young = historyOf(
      [point(at(0), "0"), point(at(0, 12), "10004.5")],
      [flow(at(0, 10), "9000"), flow(at(0, 10), "1000")],
    );
    const course = courseOf(young, chartPoint(Date.parse(at(0, 13)), "10005"));
    expect(course.map(({ text }) => text)).toEqual(["10000", "10004.5", "10005"]);
  });

  it.each([
    ["had something before", historyOf([point(at(0), "5"), point(at(1), "9")], [flow(at(0, 10), "4")])],
    [
      "has transfers without a price",
      historyOf([point(at(0), "0"), point(at(1), "9")], [flow(at(0, 10), null)]),
    ],
    [
      "has more transfers than are told",
      historyOf(
        [point(at(0), "0"), point(at(1), "9")],
        Array.from({ length: 100 }, () => flow(at(0, 10), "1")),
      ),
    ],
  ])("begins with a point that was told where the account %s", (_, history) => {
    expect(courseOf(history, null)[0]?.text).toBe(history.points.find(({ value }) => value !== "0")?.value);
  });

  it("does not run backwards where this machine's clock is behind", () => {
    const course = courseOf(HISTORY, chartPoint(Date.parse(at(0)), "1120.25"));
    expect(course.at(-1)).toEqual(chartPoint(Date.parse(at(2)), "1120.25"));
  });
});
