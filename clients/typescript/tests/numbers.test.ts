import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changePpm,
  formatCompact,
  formatInput,
  formatNumber,
  formatPercent,
  formatPrice,
  parseInput,
  partPpm,
  spreadPpm,
} from "../src/numbers.ts";

const LOCALES = ["en", "es", "pt-BR", "de", "fr", "ja", "ko", "zh-CN", "ar"];

describe("what people type", () => {
  test.each<[string, string, string]>([
    ["0,001", "de-DE", "0.001"],
    ["1,5", "de-DE", "1.5"],
    ["1.234,56", "de-DE", "1234.56"],
    ["1.234.567", "de-DE", "1234567"],
    [" 1 000 ", "de-DE", "1000"],
    ["1\u202f234,5", "fr", "1234.5"],
    ["1’234.50", "de-CH", "1234.5"],
    ["5.0", "en-US", "5"],
    ["1", "en-US", "1"],
    ["1,234.56", "en-US", "1234.56"],
    ["1,234,567", "en-US", "1234567"],
    [".5", "en-US", "0.5"],
    ["5.", "en-US", "5"],
    ["007", "en-US", "7"],
    ["1.5k", "en-US", "1500"],
    ["2m", "en-US", "2000000"],
    ["2 M", "en-US", "2000000"],
    ["0.5b", "en-US", "500000000"],
    ["1,5k", "de-DE", "1500"],
    ["١٢٫٥", "ar", "12.5"],
    ["۱۲", "ar", "12"],
    ["１２．５", "ja", "12.5"],
    ["\u200e12.5\u200f", "ar", "12.5"],
    ["0", "en-US", "0"],
  ])("%j in %s is %s", (text, locale, value) => {
    const expected = formatInput6(value);
    expect(parseInput(text, locale, 6)).toEqual({ ok: true, units: expected });
  });

  test.each<[string, string, string, string[] | undefined]>([
    ["1.234", "de-DE", "ambiguous", ["1234", "1.234"]],
    ["1,234", "en-US", "ambiguous", ["1234", "1.234"]],
    ["1.234k", "de-DE", "ambiguous", ["1234000", "1234"]],
    ["1,5", "en-US", "foreign_mark", ["1.5"]],
    ["0,001", "en-US", "foreign_mark", ["0.001"]],
    ["5.0", "de-DE", "foreign_mark", ["5"]],
    ["1.234,56", "en-US", "foreign_mark", ["1234.56"]],
    ["1,234.56", "de-DE", "foreign_mark", ["1234.56"]],
    ["1e3", "en-US", "exponent", undefined],
    ["1e3", "de-DE", "exponent", undefined],
    ["1E-3", "en-US", "exponent", undefined],
    ["-1", "en-US", "negative", undefined],
    ["\u22121", "en-US", "negative", undefined],
    ["+1", "en-US", "not_a_number", undefined],
    ["", "en-US", "empty", undefined],
    ["   ", "en-US", "empty", undefined],
    ["1.2.3", "en-US", "not_a_number", undefined],
    ["12 34", "en-US", "not_a_number", undefined],
    ["12,34,567.5", "en-US", "not_a_number", undefined],
    ["1.23.4567,8", "de-DE", "not_a_number", undefined],
    ["k", "en-US", "not_a_number", undefined],
    [".", "en-US", "not_a_number", undefined],
    ["abc", "en-US", "not_a_number", undefined],
    ["NaN", "en-US", "not_a_number", undefined],
    ["0x10", "en-US", "not_a_number", undefined],
    ["1.0000001", "en-US", "too_many_decimals", undefined],
    ["0.0001k", "en-US", "ok", undefined],
    ["1".repeat(60), "en-US", "too_long", undefined],
  ])("%j in %s: %s", (text, locale, reason, readings) => {
    const parsed = parseInput(text, locale, 6);
    if (parsed.ok) expect(reason).toBe("ok");
    else expect([parsed.reason, parsed.readings]).toEqual([reason, readings]);
  });

  // A fraction, a grouped number, the same with a fraction, and what can be read in two ways.
  test.each<[string, string, string, string, string]>([
    ["en", "0.5", "1,234,567", "1,234.5", "1,234"],
    ["es", "0,5", "1.234.567", "1.234,5", "1.234"],
    ["pt-BR", "0,5", "1.234.567", "1.234,5", "1.234"],
    ["de", "0,5", "1.234.567", "1.234,5", "1.234"],
    ["fr", "0,5", "1\u202f234\u202f567", "1\u202f234,5", "1.234"],
    ["ja", "0.5", "1,234,567", "1,234.5", "1,234"],
    ["ko", "0.5", "1,234,567", "1,234.5", "1,234"],
    ["zh-CN", "0.5", "1,234,567", "1,234.5", "1,234"],
    ["ar", "0.5", "1,234,567", "1,234.5", "1,234"],
  ])("%s is read as it is written there", (locale, fraction, grouped, both, ambiguous) => {
    const units = (text: string) => parseInput(text, locale, 6);
    expect(units(fraction)).toEqual({ ok: true, units: 500_000n });
    expect(units(grouped)).toEqual({ ok: true, units: 1_234_567_000_000n });
    expect(units(both)).toEqual({ ok: true, units: 1_234_500_000n });
    expect(formatInput(1_234_500_000n, 6, locale)).toBe(both.replace(/1[.,\u202f]/, "1"));
    expect(units(ambiguous)).toEqual({ ok: false, reason: "ambiguous", readings: ["1234", "1.234"] });
  });

  test("what a field shows reads as the same number in every locale", () => {
    const units = fc.bigInt(0n, 10n ** 24n);
    fc.assert(
      fc.property(
        units,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...LOCALES),
        (value, decimals, locale) => {
          expect(parseInput(formatInput(value, decimals, locale), locale, decimals)).toEqual({
            ok: true,
            units: value,
          });
        },
      ),
    );
  });

  test("a displayed number is read as itself or refused, never as another", () => {
    const units = fc.bigInt(0n, 10n ** 24n);
    fc.assert(
      fc.property(
        units,
        fc.integer({ min: 0, max: 8 }),
        fc.constantFrom(...LOCALES),
        (value, decimals, locale) => {
          const parsed = parseInput(formatNumber(value, decimals, locale), locale, decimals);
          if (parsed.ok) expect(parsed.units).toBe(value);
          else expect(parsed.reason).toBe("ambiguous");
        },
      ),
    );
  });
});

function formatInput6(value: string): bigint {
  const [whole = "0", fraction = ""] = value.split(".");
  return BigInt(whole + fraction.padEnd(6, "0"));
}

describe("what is shown", () => {
  test.each<[bigint, number, string, string]>([
    [1n, 8, "en", "0.00000001"],
    [0n, 2, "en", "0.00"],
    [-0n, 2, "en", "0.00"],
    [12_345_678_912_345_678n, 8, "en", "123,456,789.12345678"],
    [12_345_678_912_345_678n, 8, "de", "123.456.789,12345678"],
    [30n, 2, "en", "0.30"],
    [-30n, 2, "en", "\u22120.30"],
    [10n ** 18n, 0, "en", "1,000,000,000,000,000,000"],
    [123_456n, 2, "ar", "1,234.56"],
    [123_456n, 2, "fr", "1\u202f234,56"],
  ])("%s with %i decimals in %s", (units, decimals, locale, text) => {
    expect(formatNumber(units, decimals, locale)).toBe(text);
  });

  test("zeros at the end can be dropped down to a number of decimals", () => {
    expect(formatNumber(1_500_000n, 6, "en", { minDecimals: 2 })).toBe("1.50");
    expect(formatNumber(1_234_567n, 6, "en", { minDecimals: 2 })).toBe("1.234567");
    expect(formatNumber(1_000_000n, 6, "en", { minDecimals: 0 })).toBe("1");
  });

  test.each<[bigint, number, string]>([
    [123n, 7, "0.0₄123"],
    [4201n, 5, "0.04201"],
    [1n, 18, "0.0₁₇1"],
    [0n, 7, "0.0000000"],
    [12_345_678n, 7, "1.2345678"],
  ])("a small price: %s with %i decimals", (units, decimals, text) => {
    expect(formatPrice(units, decimals, "en", { zeros: "subscript" })).toBe(text);
    expect(formatPrice(units, decimals, "en")).not.toMatch(/[₀-₉e]/);
  });

  test.each<[bigint, string, string]>([
    [12_345n, "en", "+1.23\u202f%"],
    [-12_345n, "en", "\u22121.23\u202f%"],
    [0n, "en", "0.00\u202f%"],
    [-49n, "en", "0.00\u202f%"],
    [49n, "en", "0.00\u202f%"],
    [51n, "en", "+0.01\u202f%"],
    [1_234_567_890n, "de", "+123.456,79\u00a0%"],
    [12_345n, "ar", "+1.23\u202f%"],
  ])("%s parts per million in %s", (ppm, locale, text) => {
    expect(formatPercent(ppm, locale)).toBe(text);
  });

  test.each<[bigint, number, string]>([
    [1_240_000_000_000n, 6, "1.24M"],
    [999n, 0, "999"],
    [0n, 6, "0"],
    [-1_500n, 0, "\u22121.5K"],
    [10n ** 18n, 0, "1,000,000T"],
  ])("compact: %s with %i decimals", (units, decimals, text) => {
    expect(formatCompact(units, decimals, "en")).toBe(text);
  });

  test("an exponent, NaN or a zero below zero is never shown", () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 30n), 10n ** 30n),
        fc.integer({ min: 0, max: 18 }),
        fc.constantFrom(...LOCALES),
        (units, decimals, locale) => {
          const shown = [
            formatNumber(units, decimals, locale),
            formatPrice(units, decimals, locale, { zeros: "subscript" }),
            formatPercent(units, locale),
          ];
          for (const text of shown) expect(text).not.toMatch(/[eE]|NaN|-|^\u2212[0.,]*%?$/);
        },
      ),
    );
  });

  test.each<[bigint | null, bigint | null, bigint | null]>([
    [1n, 3n, 333_333n],
    [3n, 3n, 1_000_000n],
    [-1n, 3n, -333_333n],
    [null, 3n, null],
    [1n, null, null],
    [1n, 0n, null],
    // Of less than nothing, as what was put in is once a profit was taken out.
    [4n, -2n, null],
  ])("a part of %s in %s is %s parts per million", (part, whole, ppm) => {
    expect(partPpm(part, whole)).toBe(ppm);
  });

  test.each<[bigint | undefined, bigint | undefined, bigint | null]>([
    [4_201n, 4_203n, 476n],
    [199n, 201n, 10_000n],
    [undefined, 1n, null],
    [1n, undefined, null],
    // Crossed by an auction.
    [3n, 3n, null],
    [4n, 3n, null],
  ])("the spread from %s to %s is %s parts per million of their middle", (bid, ask, ppm) => {
    expect(spreadPpm(bid, ask)).toBe(ppm);
  });

  test("a change is in parts per million, and unknown where there is nothing before", () => {
    expect(changePpm(110n, 100n)).toBe(100_000n);
    expect(changePpm(90n, 100n)).toBe(-100_000n);
    expect([changePpm(1n, 0n), changePpm(null, 1n), changePpm(1n, null)]).toEqual([null, null, null]);
  });
});
