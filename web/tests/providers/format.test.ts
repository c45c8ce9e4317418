import { describe, expect, it } from "vitest";
import { makeFormat } from "@/providers/format";

const en = makeFormat("en", "auto", "24");
const de = makeFormat("en", "de-DE", "24");
const ar = makeFormat("ar", "auto", "24");
const NNBSP = "\u202f";

describe("numbers on a page", () => {
  it.each([
    ["0.00000001", "0.00000001"],
    ["-0.5", "\u22120.5"],
    ["-0", "0"],
    ["-0.00", "0"],
    ["123456789.12345678", "123,456,789.12345678"],
    ["1000000000000000000", "1,000,000,000,000,000,000"],
    [null, "—"],
    [undefined, "—"],
  ])("%j reads %s", (text, shown) => expect(en.decimal(text)).toBe(shown));

  it("take the marks that were chosen", () => expect(de.decimal("1234567.89")).toBe("1.234.567,89"));

  it("keep Latin digits in Arabic", () => expect(ar.decimal("1234.5")).toMatch(/^1.234.5$/));

  it("have a market's decimals, fixed", () => {
    expect(en.price("0.042", { tickDecimals: 5 })).toBe("0.04200");
  });

  it("count many zeros only where that is asked for", () => {
    expect(en.price("0.00000123", { tickDecimals: 8 }, "subscript")).toBe("0.0₅123");
    expect(en.price("0.00000123", { tickDecimals: 8 })).toBe("0.00000123");
  });

  it.each([
    [30905n, `+3.09${NNBSP}%`],
    [-21_800n, `\u22122.18${NNBSP}%`],
    [0n, `0.00${NNBSP}%`],
    [null, "—"],
  ])("%s ppm read %s", (ppm, shown) => expect(en.percent(ppm)).toBe(shown));
});

describe("times on a page", () => {
  const at = Date.UTC(2026, 10, 25, 14, 21, 36, 788);
  const now = at + 600_000;

  it("go to milliseconds on the tape", () => expect(en.time(at, "millisecond")).toMatch(/:21:36\.788$/));

  it.each([
    [5_000, /5 sec/],
    [180_000, /3 min/],
    [7_200_000, /^\d\d:\d\d$/],
    [200_000_000, /Nov/],
  ])("of %i ms ago are told as it helps", (passed, shown) => {
    expect(en.ago(now - passed, now)).toMatch(shown);
  });

  it("never lie in the future", () => expect(en.ago(now + 5_000, now)).not.toMatch(/in /));

  it.each([
    [700, "0.7 seconds"],
    [1_000, "1 second"],
    [90_000, "1.5 minutes"],
    [14_400_000, "4 hours"],
    [-7_200_000, "-2 hours"],
  ])("of %i ms are %j long", (ms, shown) => expect(en.span(ms)).toBe(shown));

  it("are as long in Arabic by Latin digits", () => expect(ar.span(14_400_000)).toMatch(/^4 /));

  it("have Latin digits in Arabic", () => expect(ar.date(at)).toMatch(/25/));
});
