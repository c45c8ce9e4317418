/**
 * Numbers as people write and read them, in the marks of their locale and always with Latin digits.
 *
 * Everything is exact: integers are grouped by `Intl`, decimals are put behind them as text. Floats
 * appear nowhere but in compact figures, which are rounded to three digits anyway.
 */

import { decimalsOf, divideToNearest, formatUnits, parseUnits, powerOfTen, trimUnits } from "./decimals.ts";
import { PPM } from "./generated/limits.ts";

/** Minus, as it stands before numbers. */
export const MINUS = "\u2212";
/** What stands where a value is not known; never 0. */
export const UNKNOWN = "\u2014";

export type InputReason =
  | "empty"
  | "not_a_number"
  | "negative"
  | "exponent"
  | "ambiguous"
  | "foreign_mark"
  | "too_many_decimals"
  | "too_long";

/** What was typed. `readings` are decimal strings of what may have been meant. */
export type ParsedInput =
  | { readonly ok: true; readonly units: bigint }
  | { readonly ok: false; readonly reason: InputReason; readonly readings?: readonly string[] };

const INPUT_MAX = 48;
const SUFFIXES: Readonly<Record<string, number>> = { k: 3, m: 6, b: 9 };
// Marks that no locale has between whole number and decimals, so that they can only group.
const SPACES = /[\s\u00a0\u2009\u202f'\u2019\u066c]/g;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

interface Marks {
  readonly decimal: string;
  readonly group: string;
  readonly integers: Intl.NumberFormat;
  readonly percentBefore: string;
  readonly percentAfter: string;
}

const MARKS = new Map<string, Marks>();

function marksOf(locale: string): Marks {
  const known = MARKS.get(locale);
  if (known !== undefined) return known;
  const latin = { numberingSystem: "latn" };
  const parts = new Intl.NumberFormat(locale, latin).formatToParts(12345678.5);
  const percent = new Intl.NumberFormat(locale, { ...latin, style: "percent" }).formatToParts(1);
  const at = percent.findIndex((part) => part.type === "integer");
  const join = (some: Intl.NumberFormatPart[]): string =>
    some.map((part) => part.value.replace(INVISIBLE, "")).join("");
  const marks: Marks = {
    decimal: parts.find((part) => part.type === "decimal")?.value ?? ".",
    group: parts.find((part) => part.type === "group")?.value ?? ",",
    integers: new Intl.NumberFormat(locale, { ...latin, maximumFractionDigits: 0 }),
    percentBefore: join(percent.slice(0, at)),
    // A narrow space where the locale has none: figures and sign read as two things.
    percentAfter: join(percent.slice(at + 1)).replace(/^%/, "\u202f%"),
  };
  MARKS.set(locale, marks);
  return marks;
}

/**
 * Reads what a person typed as units of `10 ** -decimals`, zero or more.
 *
 * The rule: the locale's decimal mark, at most once, stands before decimals; digits may be grouped in
 * threes by spaces, apostrophes or the locale's group mark; `k`, `m` and `b` at the end stand for
 * thousand, million and billion. A single group mark with three digits behind it (`1.234` in German,
 * `1,234` in English) may be meant either way and is refused with both readings. A mark that only a
 * foreign reading explains (`1,5` in English) is refused with that reading. Signs and exponents are
 * refused, and so are more decimals than there are; nothing is ever rounded.
 */
export function parseInput(text: string, locale: string, decimals: number): ParsedInput {
  const marks = marksOf(locale);
  const typed = latin(text.replace(INVISIBLE, "").trim(), marks.decimal);
  if (typed === "") return { ok: false, reason: "empty" };
  if (typed.length > INPUT_MAX) return { ok: false, reason: "too_long" };
  if (/^[-\u2212]/.test(typed)) return { ok: false, reason: "negative" };
  if (/[0-9.,]\s*e\s*[-+]?[0-9]/i.test(typed)) return { ok: false, reason: "exponent" };
  const suffix = /^(.*[0-9.,])\s*([kmb])$/i.exec(typed);
  const exponent = suffix === null ? 0 : (SUFFIXES[(suffix[2] as string).toLowerCase()] as number);
  const number = readMarks(suffix === null ? typed : (suffix[1] as string), marks);
  if (typeof number !== "string") {
    const readings = number.readings?.map((reading) => scaled(reading, exponent));
    return { ok: false, reason: number.reason, ...(readings && { readings }) };
  }
  const plain = scaled(number, exponent);
  if (decimalsOf(plain) > decimals) return { ok: false, reason: "too_many_decimals" };
  return { ok: true, units: parseUnits(plain, decimals) };
}

interface Refused {
  readonly reason: InputReason;
  readonly readings?: readonly string[];
}

/** The decimal string that digits and marks stand for. */
function readMarks(text: string, marks: Marks): string | Refused {
  const ungrouped = withoutSpaces(text);
  if (ungrouped === undefined || !/[0-9]/.test(ungrouped) || /[^0-9.,]/.test(ungrouped)) {
    return { reason: "not_a_number" };
  }
  const other = marks.decimal === "," ? "." : ",";
  const [whole = "", fraction, ...rest] = ungrouped.split(marks.decimal);
  if (rest.length > 0) return foreignGroups(ungrouped, other, marks.decimal);
  if (fraction?.includes(other)) return foreignGroups(ungrouped, other, marks.decimal);
  if (!whole.includes(other)) return tidy(whole, fraction);
  const groups = whole.split(other);
  const plain = groups.join("");
  const grouped = /^[1-9][0-9]{0,2}$/.test(groups[0] ?? "") && groups.slice(1).every((g) => g.length === 3);
  const single = groups.length === 2 && fraction === undefined;
  if (single) {
    const foreign = tidy(groups[0] as string, groups[1]);
    if (grouped) return { reason: "ambiguous", readings: [tidy(plain, undefined), foreign] };
    return { reason: "foreign_mark", readings: [foreign] };
  }
  return grouped ? tidy(plain, fraction) : { reason: "not_a_number" };
}

/** `1.234,56` in English: grouped and marked the other way round. */
function foreignGroups(text: string, decimal: string, group: string): Refused {
  const [whole = "", fraction, ...rest] = text.split(decimal);
  const groups = whole.split(group);
  const grouped = groups.length > 1 && groups.slice(1).every((digits) => digits.length === 3);
  if (rest.length > 0 || fraction?.includes(group) || !grouped) return { reason: "not_a_number" };
  return { reason: "foreign_mark", readings: [tidy(groups.join(""), fraction)] };
}

/** Without the marks that can only group; undefined where they stand between other than threes. */
function withoutSpaces(text: string): string | undefined {
  const marked = text.replace(SPACES, " ");
  if (!marked.includes(" ")) return marked;
  return /^[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]*)?$/.test(marked) ? marked.replaceAll(" ", "") : undefined;
}

function tidy(whole: string, fraction: string | undefined): string {
  const digits = whole.replace(/^0+(?=[0-9])/, "") || "0";
  return fraction === undefined || fraction === "" ? digits : `${digits}.${fraction}`;
}

function scaled(plain: string, exponent: number): string {
  const decimals = decimalsOf(plain);
  const units = parseUnits(plain, decimals) * powerOfTen(exponent);
  return trimUnits(units, decimals);
}

/** Digits and marks of other scripts as Latin ones. */
function latin(text: string, decimal: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
      const code = digit.charCodeAt(0);
      const zero = code >= 0xff10 ? 0xff10 : code >= 0x06f0 ? 0x06f0 : 0x0660;
      return String(code - zero);
    })
    .replaceAll("\u066b", decimal)
    .replaceAll("\uff0e", ".")
    .replaceAll("\uff0c", ",");
}

export interface NumberStyle {
  /** Drop zeros at the end, but not below this many decimals. */
  readonly minDecimals?: number;
  /** `always` puts a plus before what is above zero. */
  readonly sign?: "auto" | "always";
  /** Group digits of the whole number; yes unless told otherwise. */
  readonly grouping?: boolean;
}

/** Units with their decimals in the locale's marks; exact. */
export function formatNumber(
  units: bigint,
  decimals: number,
  locale: string,
  style: NumberStyle = {},
): string {
  const size = units < 0n ? -units : units;
  const scale = powerOfTen(decimals);
  const marks = marksOf(locale);
  const whole = style.grouping === false ? String(size / scale) : marks.integers.format(size / scale);
  let fraction = decimals === 0 ? "" : (size % scale).toString().padStart(decimals, "0");
  if (style.minDecimals !== undefined) {
    const kept = fraction.replace(/0+$/, "").length;
    fraction = fraction.slice(0, Math.max(kept, Math.min(style.minDecimals, decimals)));
  }
  const text = fraction === "" ? whole : whole + marks.decimal + fraction;
  return signOf(units, style.sign) + text;
}

/** What a field shows for units that a person will edit: no groups, no needless zeros. */
export function formatInput(units: bigint, decimals: number, locale: string): string {
  return formatNumber(units, decimals, locale, { grouping: false, minDecimals: 0 });
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

export interface PriceStyle {
  /** `subscript` writes 0.0000123 as 0.0₄123; the full text belongs on hover, copy and screen readers. */
  readonly zeros?: "full" | "subscript";
}

/** A price with the market's decimals, fixed. */
export function formatPrice(units: bigint, decimals: number, locale: string, style: PriceStyle = {}): string {
  const full = formatNumber(units, decimals, locale);
  if (style.zeros !== "subscript") return full;
  const mark = marksOf(locale).decimal;
  const size = units < 0n ? -units : units;
  if (size === 0n || size >= powerOfTen(decimals)) return full;
  const significant = size.toString();
  const zeros = decimals - significant.length;
  if (zeros < 4) return full;
  const count = String(zeros).replace(/[0-9]/g, (digit) => SUBSCRIPTS[Number(digit)] as string);
  return `${signOf(units, "auto")}0${mark}0${count}${significant}`;
}

const COMPACT = new Map<string, Intl.NumberFormat>();

/** A volume or a cap in three digits, such as 1.24M. */
export function formatCompact(units: bigint, decimals: number, locale: string): string {
  let format = COMPACT.get(locale);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      notation: "compact",
      maximumSignificantDigits: 3,
      numberingSystem: "latn",
    });
    COMPACT.set(locale, format);
  }
  const size = units < 0n ? -units : units;
  const text = formatUnits(size, decimals) as Intl.StringNumericLiteral;
  return signOf(units, "auto") + format.format(text).replace(INVISIBLE, "");
}

/** Parts per million as per cent with two decimals and a sign; zero has none. */
export function formatPercent(ppm: bigint, locale: string, style: { sign?: boolean } = {}): string {
  const hundredths = divideToNearest(ppm, 100n);
  const marks = marksOf(locale);
  const size = formatNumber(hundredths < 0n ? -hundredths : hundredths, 2, locale);
  const sign = style.sign === false ? signOf(hundredths, "auto") : signOf(hundredths, "always");
  return sign + marks.percentBefore + size + marks.percentAfter;
}

/** A part of a whole in parts per million to the nearest; null where either is unknown or there is no whole. */
export function partPpm(part: bigint | null, whole: bigint | null): bigint | null {
  if (part === null || whole === null || whole <= 0n) return null;
  return divideToNearest(part * PPM, whole);
}

/** A change against what was before, in parts per million to the nearest; null where that is not known. */
export function changePpm(now: bigint | null, before: bigint | null): bigint | null {
  return partPpm(now === null || before === null ? null : now - before, before);
}

/** Best ask less best bid of their middle, in parts per million; null where a side is empty or they are crossed. */
export function spreadPpm(bid: bigint | undefined, ask: bigint | undefined): bigint | null {
  if (bid === undefined || ask === undefined || bid >= ask) return null;
  return partPpm(2n * (ask - bid), bid + ask);
}

function signOf(units: bigint, style: "auto" | "always" | undefined): string {
  if (units < 0n) return MINUS;
  return units > 0n && style === "always" ? "+" : "";
}
