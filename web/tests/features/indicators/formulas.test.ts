import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FORMULAS } from "@/features/indicators/formulas/formulas";
import { type Bars, make, type Series } from "@/features/indicators/formulas/series";

interface Column {
  count: number;
  first: number | null;
  sum: number;
  size: number;
  at: [number, number | null][];
}
interface Golden {
  tick_decimals: number;
  lot_decimals: number;
  width_ms: number;
  series: Record<string, number[][]>;
  cases: { name: string; series: string; parameters: Record<string, number>; columns: Column[] }[];
}

const GOLDEN: Golden = JSON.parse(readFileSync(new URL("golden.json", import.meta.url), "utf8"));
const WEIGHTS = 97;
const DAY_MS = 86_400_000;

function barsOf(rows: number[][]): Bars {
  const column = (which: number, divisor: number) =>
    Float64Array.from(rows, (row) => (row[which] ?? Number.NaN) / divisor);
  const tick = 10 ** GOLDEN.tick_decimals;
  return {
    time: make(rows.length, (at) => at * GOLDEN.width_ms),
    open: column(0, tick),
    high: column(1, tick),
    low: column(2, tick),
    close: column(3, tick),
    volume: column(4, 10 ** GOLDEN.lot_decimals),
  };
}

const SERIES = new Map(Object.entries(GOLDEN.series).map(([name, rows]) => [name, barsOf(rows)]));

/** Equal to a billionth of the larger, or of one where both are about nothing. */
function near(found: number, expected: number, size = Math.abs(expected)): boolean {
  return Math.abs(found - expected) <= 1e-9 * Math.max(1, size);
}

function faultsOf(found: Series | undefined, column: Column): string[] {
  if (!found) return ["is missing"];
  const there = [...found.keys()].filter((at) => Number.isFinite(found[at]));
  const faults: string[] = [];
  if (there.length !== column.count || (there[0] ?? null) !== column.first) {
    faults.push(`has ${there.length} values from ${there[0]} on, not ${column.count} from ${column.first}`);
  }
  for (const [at, expected] of column.at) {
    const value = found[at] ?? Number.NaN;
    if (expected === null ? Number.isFinite(value) : !near(value, expected)) {
      faults.push(`is ${value} at ${at}, not ${expected}`);
    }
  }
  const sum = there.reduce((all, at) => all + (found[at] ?? 0) * ((at % WEIGHTS) + 1), 0);
  if (!near(sum, column.sum, column.size)) faults.push(`sums to ${sum}, not ${column.sum}`);
  return faults;
}

describe("what the browser computes is what the exchange does", () => {
  it.each(
    GOLDEN.cases.map(
      (each) => [`${each.name} ${JSON.stringify(each.parameters)} ${each.series}`, each] as const,
    ),
  )("%s", (_title, { name, series, parameters, columns }) => {
    const bars = SERIES.get(series) as Bars;
    const found = FORMULAS[name]?.(bars, parameters, DAY_MS) ?? [];
    expect(found.length).toBe(columns.length);
    expect(columns.flatMap((column, number) => faultsOf(found[number], column))).toEqual([]);
  });
});
