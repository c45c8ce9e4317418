/** The values of the indicators that are on a chart, for its twin as a table. */

import { type Bar, type Interval, UNKNOWN } from "@cse/client";
import type { Chosen } from "./chosen";
import { pointsOf, stretchMs } from "./columns";
import { shortName, usable } from "./list";
import { shownOutputs } from "./outputs";

export interface TableColumn {
  /** Such as "RSI 14", with the output where there are several. */
  head: string;
  /** By place of the bar; a dash where there is no value yet. */
  cells: readonly string[];
}

interface Writing {
  priceDecimals: number;
  /** A figure in the reader's marks. */
  write: (figure: string) => string;
}

/** A column for each output, with a cell for each bar. */
export function tableColumns(
  bars: readonly Bar[],
  chosen: readonly Chosen[],
  interval: Interval,
  { priceDecimals, write }: Writing,
): TableColumn[] {
  return chosen.flatMap((asked) => {
    const one = usable(asked);
    if (!one) return [];
    const points = pointsOf(bars, one.entry, one, stretchMs(interval));
    const outputs = shownOutputs(one.entry);
    const decimals = one.entry.drawn === "price" ? priceDecimals : 2;
    return outputs.map((output) => ({
      head: outputs.length === 1 ? shortName(one) : `${shortName(one)} ${output.replaceAll("_", " ")}`,
      cells: points.map((point) => {
        const value = point[output];
        return value === undefined ? UNKNOWN : write(value.toFixed(decimals));
      }),
    }));
  });
}
