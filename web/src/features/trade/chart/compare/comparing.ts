/** Which market a chart is compared with, kept for as long as the tab is open. */

import * as z from "zod/mini";
import { create } from "zustand";
import { keep, readKept, tabStorage } from "@/providers/kept/kept";

const KEY = "cse.compared";
const KEPT = z.string().check(z.maxLength(32));

/** The market, or null; two are compared by their changes, whatever the scale is else. */
export const useCompared = create<{ market: string | null }>(() => ({ market: null }));

/** Compares with what was kept, until what is returned is called. */
export function followCompared(): () => void {
  useCompared.setState({ market: readKept<string | null>(tabStorage(), KEY, KEPT, null) });
  return () => useCompared.setState({ market: null });
}

/** Compares with a market, or with none. */
export function compare(market: string | null): void {
  useCompared.setState({ market });
  keep(tabStorage(), KEY, market);
}
