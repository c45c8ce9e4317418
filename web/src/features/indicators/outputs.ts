/** How the outputs of an indicator are drawn. */

import type { IndicatorEntry } from "./entry";

/** A direction says which side a stop is on: it is no price, and the stop's own place shows it. */
export function shownOutputs(entry: IndicatorEntry): readonly string[] {
  return entry.outputs.filter((output) => output !== "direction");
}

export function figureOf(entry: IndicatorEntry, output: string): "line" | "bar" | "circle" {
  if (entry.family === "pattern" || output === "histogram") return "bar";
  return entry.name === "sar" ? "circle" : "line";
}
