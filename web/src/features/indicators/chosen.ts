/** Which indicators a person has on the chart: kept for every market alike. */

import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept/kept";

const KEY = "cse.indicators";
export const CHOSEN_MAX = 12;
export const COLOURS = 6;
/** So many bars are in sight of a wide chart. */
const IN_SIGHT = 300;

const KEPT = z
  .array(
    z.object({
      id: z.number(),
      name: z.string().check(z.maxLength(40)),
      parameters: z.record(z.string(), z.number()),
      /** Over the candles, or in a pane of its own. */
      drawn: z.enum(["price", "pane"]),
      /** Of each output, one of the theme's colours, from 0 on. */
      colours: z.array(z.number()).check(z.maxLength(8)),
      /** How many bars before a value it stands on. */
      bars: z.number(),
    }),
  )
  .check(z.maxLength(CHOSEN_MAX));

export type Chosen = z.infer<typeof KEPT>[number];

interface ChosenState {
  chosen: readonly Chosen[];
  add(indicator: Omit<Chosen, "id">): void;
  change(id: number, change: Partial<Omit<Chosen, "id">>): void;
  remove(id: number): void;
  /** Lets it stand before the one it stands after, or the other way around. */
  move(id: number, by: 1 | -1): void;
}

export const useChosen = create<ChosenState>((set, get) => {
  const become = (chosen: readonly Chosen[]) => {
    set({ chosen });
    keep(browserStorage(), KEY, chosen.length > 0 ? chosen : null);
  };
  const read = () => readKept(browserStorage(), KEY, KEPT, []);
  onKeptElsewhere(KEY, () => set({ chosen: read() }));
  return {
    chosen: read(),
    add: (indicator) => {
      const { chosen } = get();
      if (chosen.length >= CHOSEN_MAX) return;
      become([...chosen, { ...indicator, id: 1 + Math.max(0, ...chosen.map((one) => one.id)) }]);
    },
    change: (id, change) => become(get().chosen.map((one) => (one.id === id ? { ...one, ...change } : one))),
    remove: (id) => become(get().chosen.filter((one) => one.id !== id)),
    move: (id, by) => become(moved(get().chosen, id, by)),
  };
});

/** The list with one that stands a place later, or earlier. */
export function moved(chosen: readonly Chosen[], id: number, by: 1 | -1): readonly Chosen[] {
  const from = chosen.findIndex((one) => one.id === id);
  const one = chosen[from];
  const other = chosen[from + by];
  if (!one || !other) return chosen;
  const next = [...chosen];
  next[from] = other;
  next[from + by] = one;
  return next;
}

/** How many bars a chart needs for what is in sight to stand on as many as the exchange's values do. */
export function barsFor(chosen: readonly Chosen[]): number {
  return chosen.length === 0 ? 0 : IN_SIGHT + Math.max(...chosen.map((one) => one.bars));
}
