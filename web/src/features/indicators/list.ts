/** The list of indicators as the chart and its picker use it. */

import type { Chosen } from "./chosen";
import { COLOURS } from "./chosen";
import type { IndicatorEntry, ParameterEntry } from "./entry";
import { LIST } from "./generated/list";

type IndicatorName = (typeof LIST)[number]["name"];
export type ParameterName = Exclude<(typeof LIST)[number]["parameters"][number], never>["name"];
export type ListedEntry = IndicatorEntry & { readonly name: IndicatorName };

export const INDICATORS: readonly ListedEntry[] = LIST;
export const FAMILIES = ["trend", "momentum", "volatility", "volume", "pattern", "price"] as const;

/** As many bars are read at most before the first that is shown, here and at the exchange. */
const WARM_UP_MAX = 2_000;

const BY_NAME = new Map<string, ListedEntry>(INDICATORS.map((entry) => [entry.name, entry]));

export function entryOf(name: string): ListedEntry | undefined {
  return BY_NAME.get(name);
}

/** An indicator as it is first drawn; colours go on from those that are taken. */
export function atFirst(entry: IndicatorEntry, taken: number): Omit<Chosen, "id"> {
  const parameters = Object.fromEntries(entry.parameters.map((one) => [one.name, one.default]));
  return {
    name: entry.name,
    parameters,
    drawn: entry.drawn,
    colours: entry.outputs.map((_, number) => (taken + number) % COLOURS),
    bars: entry.warm_up,
  };
}

/** The number that a text is for a parameter; null where it is none, or out of bounds. */
export function numberOf(parameter: ParameterEntry, text: string): number | null {
  const form = parameter.whole ? /^[0-9]{1,6}$/ : /^[0-9]{1,6}(\.[0-9]{1,6})?$/;
  const value = form.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= parameter.least && value <= parameter.greatest ? value : null;
}

/** How many bars before a value it stands on: as much longer than by default as its longest length is. */
export function warmUp(entry: IndicatorEntry, parameters: Readonly<Record<string, number>>): number {
  const longer = entry.parameters
    .filter((one) => one.whole)
    .map((one) => (parameters[one.name] ?? one.default) / one.default);
  return Math.min(WARM_UP_MAX, Math.ceil(entry.warm_up * Math.max(1, ...longer)));
}

/** What was kept, with every parameter within its bounds; null where the list has no such indicator. */
export function usable(chosen: Chosen): (Chosen & { entry: ListedEntry }) | null {
  const entry = entryOf(chosen.name);
  if (!entry) return null;
  const parameters = Object.fromEntries(
    entry.parameters.map((one) => [
      one.name,
      numberOf(one, String(chosen.parameters[one.name])) ?? one.default,
    ]),
  );
  return { ...chosen, parameters, entry };
}

/** What stands beside its values on the chart, such as "RSI 14". */
export function shortName(chosen: Chosen): string {
  const values = Object.values(chosen.parameters);
  return [chosen.name.toUpperCase().replaceAll("_", " "), ...values].join(" ");
}
