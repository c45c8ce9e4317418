/** How a person likes the book: view, unit and bars for all markets, the grouping for each; kept in the browser. */

import * as z from "zod/mini";
import { keptStore } from "@/providers/kept/keptStore";
import type { BookView } from "./model";
import type { BookBars, BookUnit } from "./rows";

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

const AT_FIRST: Kept = { view: "both", unit: "base", bars: "cumulative", groupings: {} };

export const useBookSettings = keptStore("cse.book", KEPT, AT_FIRST, (change, now) => ({
  show: (view: BookView) => change({ view }),
  /** In what sizes are, and what bars stand for. */
  measure: (unit: BookUnit, bars: BookBars) => change({ unit, bars }),
  group: (market: string, multiple: bigint) => {
    const others = Object.entries(now().groupings).filter(([name]) => name !== market);
    change({
      groupings: Object.fromEntries([...others, [market, multiple.toString()]].slice(-MARKETS_MAX)),
    });
  },
}));
