import type { Bar } from "@cse/client";
import { describe, expect, it } from "vitest";
import { barsFor, type Chosen, moved } from "@/features/indicators/chosen";
import { pointsOf, stretchMs } from "@/features/indicators/columns";
import {
  atFirst,
  entryOf,
  INDICATORS,
  numberOf,
  shortName,
  usable,
  warmUp,
} from "@/features/indicators/list";
import { shownOutputs } from "@/features/indicators/outputs";

const entry = (name: string) => {
  const found = entryOf(name);
  if (!found) throw new Error(name);
  return found;
};
const chosen = (id: number, name = "sma"): Chosen => ({ ...atFirst(entry(name), 0), id });

describe("what is chosen", () => {
  it("changes places with a neighbour, and stays where there is none", () => {
    const three = [chosen(1), chosen(2), chosen(3)];
    expect(moved(three, 3, -1).map((one) => one.id)).toEqual([1, 3, 2]);
    expect(moved(three, 1, -1)).toBe(three);
    expect(moved(three, 9, 1)).toBe(three);
  });

  it("has its defaults at first, and colours that go on from those taken", () => {
    const bands = atFirst(entry("bollinger"), 5);
    expect(bands.parameters).toEqual({ length: 20, upper_deviations: 2, lower_deviations: 2 });
    expect(bands).toMatchObject({ colours: [5, 0, 1], drawn: "price" });
    expect(shortName({ ...bands, id: 1 })).toBe("BOLLINGER 20 2 2");
  });

  it("that was kept by another version loses what the list does not have", () => {
    expect(usable({ ...chosen(1), name: "gone" })).toBeNull();
    expect(usable({ ...chosen(1), parameters: { length: 501, width: 3 } })?.parameters).toEqual({
      length: 20,
    });
  });

  it("draws no direction among prices", () => {
    expect(shownOutputs(entry("supertrend"))).toEqual(["supertrend"]);
  });

  it("stands on more bars where its lengths are longer", () => {
    expect(barsFor([])).toBe(0);
    expect(warmUp(entry("rsi"), { length: 28 })).toBe(2 * entry("rsi").warm_up);
    expect(INDICATORS.every((one) => warmUp(one, {}) === one.warm_up)).toBe(true);
    expect(barsFor([chosen(1), chosen(2, "kama")])).toBeGreaterThan(900);
  });
});

describe("a parameter's text", () => {
  const [length] = entry("sma").parameters;
  const factor = entry("supertrend").parameters[1];
  it.each([
    [length, "14", 14],
    [length, " 500 ", 500],
    [factor, "2.5", 2.5],
  ])("%o of %s is %d", (parameter, text, value) => {
    expect(parameter && numberOf(parameter, text)).toBe(value);
  });
  it.each([
    [length, "1"],
    [length, "501"],
    [length, "2.5"],
    [length, "1e2"],
    [length, ""],
    [length, "NaN"],
    [factor, "-1"],
    [factor, "11"],
  ])("%o of %s is refused", (parameter, text) => {
    expect(parameter && numberOf(parameter, text)).toBeNull();
  });
});

describe("values over a chart's bars", () => {
  const bar = (at: number, close: number, traded = true) =>
    ({
      timestamp: at * 60_000,
      open: close,
      high: close,
      low: close,
      close,
      volume: 1,
      candle: traded ? {} : null,
    }) as Bar;

  it("do not count a stretch without a trade, as the exchange's do not", () => {
    const bars = [bar(0, 1), bar(1, 3), bar(2, 3, false), bar(3, 5)];
    const points = pointsOf(bars, entry("sma"), { parameters: { length: 2 } }, stretchMs("1m"));
    expect(points).toEqual([{}, { sma: 2 }, { sma: 2 }, { sma: 4 }]);
  });

  it("begin anew each day, and each hour of seconds", () => {
    expect([stretchMs("15s"), stretchMs("1m"), stretchMs("1d")]).toEqual([3_600_000, 86_400_000, 86_400_000]);
  });
});
