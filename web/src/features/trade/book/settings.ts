/** How a person likes the book: view, unit and bars for all markets, the grouping for each; kept in the browser. */

import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept";
import type { BookView } from "./model";
import type { BookBars, BookUnit } from "./rows";

const KEY = "cse.book";
const MARKETS_MAX = 100;

/** What a version before did not keep has its value at first. */
const KEPT = z.object({
  view: z.enum(["both", "bids", "asks"]),
  unit: z._default(z.enum(["base", "quote"]), "base"),
  bars: z._default(z.enum(["cumulative", "level"]), "cumulative"),
  /** Multiples of the tick by market, as texts. */
  groupings: z.record(z.string(), z.string().check(z.regex(/^[125]0{0,17}$/))),
});

type Kept = z.infer<typeof KEPT>;

interface BookSettings extends Kept {
  show(view: BookView): void;
  /** In what sizes are, and what bars stand for. */
  measure(unit: BookUnit, bars: BookBars): void;
  group(market: string, multiple: bigint): void;
}

const AT_FIRST: Kept = { view: "both", unit: "base", bars: "cumulative", groupings: {} };

export const useBookSettings = create<BookSettings>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { view, unit, bars, groupings } = get();
    keep(browserStorage(), KEY, { view, unit, bars, groupings });
  };
  const read = () => readKept(browserStorage(), KEY, KEPT, AT_FIRST);
  onKeptElsewhere(KEY, () => set(read()));
  return {
    ...read(),
    show: (view) => change({ view }),
    measure: (unit, bars) => change({ unit, bars }),
    group: (market, multiple) => {
      const others = Object.entries(get().groupings).filter(([name]) => name !== market);
      change({
        groupings: Object.fromEntries([...others, [market, multiple.toString()]].slice(-MARKETS_MAX)),
      });
    },
  };
});
