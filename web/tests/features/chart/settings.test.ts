// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";

const KEY = "cse.chart";

async function settings() {
  vi.resetModules();
  return (await import("@/features/chart/settings")).useChartSettings;
}

beforeEach(() => localStorage.clear());

describe("how a person likes the chart", () => {
  it("is there again after a reload", async () => {
    const before = (await settings()).getState();
    before.choose("4h");
    before.draw("heikin");
    before.scaleBy("log");
    before.pin("3m");
    const { interval, style, scale, pinned } = (await settings()).getState();
    expect({ interval, style, scale }).toEqual({ interval: "4h", style: "heikin", scale: "log" });
    expect(pinned).toContain("3m");
  });

  it.each([
    ["by a version without scales", '{"interval":"1h","style":"line","pinned":["1h"]}', "1h", "line"],
    ["with a style that is gone", '{"interval":"1h","style":"kagi","pinned":["1h"]}', "15m", "candles"],
    ["with an interval that is none", '{"interval":"7m","style":"line","pinned":[]}', "15m", "candles"],
    ["and damaged", '{"interval":"1h","sty', "15m", "candles"],
    ["as something else", "[1,2]", "15m", "candles"],
  ])("kept %s", async (_, kept, interval, style) => {
    localStorage.setItem(KEY, kept);
    expect((await settings()).getState()).toMatchObject({ interval, style, scale: "linear" });
  });
});
