/** What a formula is: from bars and parameters to one series for each output, in the list's order. */

import type { Bars, Series } from "./series";

export type Values = Readonly<Record<string, number>>;

/** `stretchMs` is after how long sums of a day begin anew. */
export type Formula = (bars: Bars, values: Values, stretchMs: number) => Series[];

export type Formulas = Readonly<Record<string, Formula>>;

/** The value of a parameter; one that the list has and nobody gave is a fault of ours. */
export function parameter(values: Values, name = "length"): number {
  const value = values[name];
  if (value === undefined) throw new Error(`The parameter ${name} has no value`);
  return value;
}
