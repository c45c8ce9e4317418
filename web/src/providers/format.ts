"use client";

import {
  decimalsOf,
  formatCompact,
  formatNumber,
  formatPercent,
  formatPrice,
  type Market,
  parseUnits,
  UNKNOWN,
} from "@cse/client";
import { useLocale } from "next-intl";
import { useMemo } from "react";
import { type Preferences, usePreferences } from "./kept/preferences";

/** Writes numbers and times as this person reads them. Null and undefined come out as a dash. */
export interface Format {
  /** Whose marks are used, for `parseInput` and the client's own formatters. */
  readonly numberLocale: string;
  /** A decimal string with `decimals` fixed decimals, or those it has. */
  decimal(text: string | null | undefined, decimals?: number): string;
  /** Units of `10 ** -decimals`. */
  units(units: bigint | null | undefined, decimals: number): string;
  /** Units of an asset: all of its decimals but zeros at the end, of which `least` stay; 2 as for money. */
  amount(units: bigint | null | undefined, decimals: number, least?: number): string;
  /** A price of the wire in the market's decimals; in lists many zeros become a small count. */
  price(
    text: string | null | undefined,
    market: Pick<Market, "tickDecimals">,
    zeros?: "full" | "subscript",
  ): string;
  compact(text: string | null | undefined): string;
  percent(ppm: bigint | null | undefined, sign?: boolean): string;
  count(value: number | bigint): string;
  /** `14:21:36`, with milliseconds on request. */
  time(at: string | number | Date, precision?: "minute" | "second" | "millisecond"): string;
  /** `25 Nov`, with the year on request. */
  date(at: string | number | Date, year?: boolean): string;
  dateTime(at: string | number | Date): string;
  /** A length of time in the words of its largest unit: `4 hours`, `0.7 seconds`. */
  span(ms: number): string;
  /** Under an hour "3 min ago", then the time, then the date. */
  ago(at: string | number, now: number): string;
}

export function useFormat(): Format {
  const locale = useLocale();
  const numbers = usePreferences((state) => state.numbers);
  const clock = usePreferences((state) => state.clock);
  const timeZone = usePreferences((state) => state.timeZone);
  return useMemo(() => makeFormat(locale, numbers, clock, timeZone), [locale, numbers, clock, timeZone]);
}

/** The same outside of components. */
export function makeFormat(
  locale: string,
  numbers: Preferences["numbers"],
  clock: Preferences["clock"],
  timeZone: Preferences["timeZone"] = "auto",
): Format {
  const numberLocale = numbers === "auto" ? locale : numbers;
  // British order of day and month in English, Latin digits everywhere.
  const words = `${locale === "en" ? "en-GB" : locale}-u-nu-latn`;
  const hour = { hour: "2-digit", minute: "2-digit", hour12: clock === "12" } as const;
  const zone = timeZone === "auto" ? undefined : timeZone;
  const shapes = new Map<string, Intl.DateTimeFormat>();
  const shaped = (name: string, options: Intl.DateTimeFormatOptions) => {
    const known = shapes.get(name) ?? new Intl.DateTimeFormat(words, { timeZone: zone, ...options });
    shapes.set(name, known);
    return known;
  };
  const relative = new Intl.RelativeTimeFormat(words, { style: "short" });
  const format: Format = {
    numberLocale,
    decimal: (text, decimals) => {
      if (text === null || text === undefined) return UNKNOWN;
      const places = Math.max(decimals ?? 0, decimalsOf(text));
      return formatNumber(parseUnits(text, places), places, numberLocale);
    },
    units: (units, decimals) =>
      units === null || units === undefined ? UNKNOWN : formatNumber(units, decimals, numberLocale),
    amount: (units, decimals, least = 2) =>
      units === null || units === undefined
        ? UNKNOWN
        : formatNumber(units, decimals, numberLocale, { minDecimals: least }),
    price: (text, market, zeros) => {
      if (text === null || text === undefined) return UNKNOWN;
      const places = Math.max(market.tickDecimals, decimalsOf(text));
      return formatPrice(parseUnits(text, places), places, numberLocale, { zeros: zeros ?? "full" });
    },
    compact: (text) => {
      if (text === null || text === undefined) return UNKNOWN;
      const places = decimalsOf(text);
      return formatCompact(parseUnits(text, places), places, numberLocale);
    },
    percent: (ppm, sign) =>
      ppm === null || ppm === undefined ? UNKNOWN : formatPercent(ppm, numberLocale, { sign: sign ?? true }),
    count: (value) => formatNumber(BigInt(value), 0, numberLocale),
    time: (at, precision = "second") =>
      shaped(precision, {
        ...hour,
        second: precision === "minute" ? undefined : "2-digit",
        fractionalSecondDigits: precision === "millisecond" ? 3 : undefined,
      }).format(new Date(at)),
    date: (at, year) =>
      shaped(`date${year}`, { day: "numeric", month: "short", year: year ? "numeric" : undefined }).format(
        new Date(at),
      ),
    dateTime: (at) =>
      shaped("both", { day: "numeric", month: "short", ...hour, second: "2-digit" }).format(new Date(at)),
    span: (ms) => {
      const size = Math.abs(ms);
      const [unit, unitMs] =
        size < 60_000 ? ["second", 1_000] : size < 3_600_000 ? ["minute", 60_000] : ["hour", 3_600_000];
      const style = { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 } as const;
      return new Intl.NumberFormat(words, style).format(ms / unitMs);
    },
    ago: (at, now) => {
      const passedMs = now - new Date(at).getTime();
      if (passedMs < 60_000) return relative.format(-Math.max(0, Math.round(passedMs / 1000)), "second");
      if (passedMs < 3_600_000) return relative.format(-Math.round(passedMs / 60_000), "minute");
      return passedMs < 86_400_000 ? format.time(at, "minute") : format.dateTime(at);
    },
  };
  return format;
}
