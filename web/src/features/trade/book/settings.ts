/** How a person likes the book: the view for all markets, the grouping for each; kept in the browser. */

import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept";
import type { BookView } from "./model";

const KEY = "cse.book";
const MARKETS_MAX = 100;

const KEPT = z.object({
  view: z.enum(["both", "bids", "asks"]),
  /** Multiples of the tick by market, as texts. */
  groupings: z.record(z.string(), z.string().check(z.regex(/^[125]0{0,17}$/))),
});

type Kept = z.infer<typeof KEPT>;

interface BookSettings extends Kept {
  show(view: BookView): void;
  group(market: string, multiple: bigint): void;
}

const AT_FIRST: Kept = { view: "both", groupings: {} };

export const useBookSettings = create<BookSettings>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { view, groupings } = get();
    keep(browserStorage(), KEY, { view, groupings });
  };
  const read = () => readKept(browserStorage(), KEY, KEPT, AT_FIRST);
  onKeptElsewhere(KEY, () => set(read()));
  return {
    ...read(),
    show: (view) => change({ view }),
    group: (market, multiple) => {
      const others = Object.entries(get().groupings).filter(([name]) => name !== market);
      change({
        groupings: Object.fromEntries([...others, [market, multiple.toString()]].slice(-MARKETS_MAX)),
      });
    },
  };
});
