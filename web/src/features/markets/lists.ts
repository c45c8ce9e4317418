/** A person's watch-lists, saved views and columns of the markets. */

import * as z from "zod/mini";
import { keptStore } from "@/providers/kept/keptStore";
import { usePreferences } from "@/providers/kept/preferences";
import { toggled } from "@/providers/kept/toggled";
import { OPTIONAL, type OptionalColumn } from "./columns";

export const LISTS_MAX = 20;
export const VIEWS_MAX = 20;
export const NAME_MAX = 32;
const NAME = z.string().check(z.minLength(1), z.maxLength(NAME_MAX));

const KEPT = z.object({
  /** The list that the stars are; null for the first one, which has no name. */
  current: z.nullable(NAME),
  /** The others, by their names. */
  others: z
    .array(z.object({ name: z.nullable(NAME), markets: z.array(z.string()).check(z.maxLength(500)) }))
    .check(z.maxLength(LISTS_MAX)),
  /** Names of what an address shows. */
  views: z
    .array(z.object({ name: NAME, search: z.string().check(z.maxLength(300)) }))
    .check(z.maxLength(VIEWS_MAX)),
  hidden: z.array(z.enum(OPTIONAL)),
});

type Kept = z.infer<typeof KEPT>;
type SavedView = Kept["views"][number];

const AT_FIRST: Kept = { current: null, others: [], views: [], hidden: [] };

export const useLists = keptStore("cse.lists", KEPT, AT_FIRST, (change, now) => {
  const become = (next: Pick<Kept, "current" | "others">, starred: string[]) => {
    usePreferences.getState().set({ starred });
    change(next);
  };
  return {
    /** Has the stars be those of another list. */
    choose: (name: string | null) => {
      const found = now().others.find((list) => list.name === name);
      if (found) become({ current: name, others: setAside(now(), name) }, found.markets);
    },
    /** Makes an empty list, and chooses it. */
    add: (name: string) => {
      if (namesOf(now()).includes(name) || now().others.length >= LISTS_MAX) return;
      become({ current: name, others: setAside(now(), name) }, []);
    },
    /** Takes away a list that is not chosen. */
    remove: (name: string) => change({ others: now().others.filter((list) => list.name !== name) }),
    saveView: (view: SavedView) =>
      change({ views: [...now().views.filter(({ name }) => name !== view.name), view].slice(-VIEWS_MAX) }),
    removeView: (name: string) => change({ views: now().views.filter((view) => view.name !== name) }),
    toggleColumn: (column: OptionalColumn) => change({ hidden: toggled(now().hidden, column) }),
  };
});

/** All lists, the one without a name first, then by their names. */
export function namesOf({ current, others }: Pick<Kept, "current" | "others">): (string | null)[] {
  const names = [current, ...others.map(({ name }) => name)];
  return names.sort((a, b) => (a === null ? -1 : b === null ? 1 : a.localeCompare(b)));
}

/** The other lists once another is chosen: what the stars were is one of them. */
function setAside(
  { current, others }: Pick<Kept, "current" | "others">,
  chosen: string | null,
): Kept["others"] {
  const { starred } = usePreferences.getState();
  return [...others.filter(({ name }) => name !== chosen), { name: current, markets: starred }];
}
