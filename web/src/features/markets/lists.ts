/** A person's watch-lists, saved views and columns of the markets. */

import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept";
import { usePreferences } from "@/providers/preferences";
import { OPTIONAL, type OptionalColumn } from "./columns";

const KEY = "cse.lists";
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
export type SavedView = Kept["views"][number];

interface Lists extends Kept {
  /** Has the stars be those of another list. */
  choose(name: string | null): void;
  /** Makes an empty list, and chooses it. */
  add(name: string): void;
  /** Takes away a list that is not chosen. */
  remove(name: string): void;
  saveView(view: SavedView): void;
  removeView(name: string): void;
  toggleColumn(column: OptionalColumn): void;
}

const AT_FIRST: Kept = { current: null, others: [], views: [], hidden: [] };

export const useLists = create<Lists>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { current, others, views, hidden } = get();
    keep(browserStorage(), KEY, { current, others, views, hidden });
  };
  const become = (next: Pick<Kept, "current" | "others">, starred: string[]) => {
    usePreferences.getState().set({ starred });
    change(next);
  };
  return {
    ...AT_FIRST,
    choose: (name) => {
      const found = get().others.find((list) => list.name === name);
      if (found) become({ current: name, others: setAside(get(), name) }, found.markets);
    },
    add: (name) => {
      if (namesOf(get()).includes(name) || get().others.length >= LISTS_MAX) return;
      become({ current: name, others: setAside(get(), name) }, []);
    },
    remove: (name) => change({ others: get().others.filter((list) => list.name !== name) }),
    saveView: (view) =>
      change({ views: [...get().views.filter(({ name }) => name !== view.name), view].slice(-VIEWS_MAX) }),
    removeView: (name) => change({ views: get().views.filter((view) => view.name !== name) }),
    toggleColumn: (column) => {
      const { hidden } = get();
      change({
        hidden: hidden.includes(column) ? hidden.filter((one) => one !== column) : [...hidden, column],
      });
    },
  };
});

/** Reads what was kept, and what is kept elsewhere meanwhile; after the first render, as a page is built without it. */
export function followLists(): () => void {
  const read = () => useLists.setState(readKept(browserStorage(), KEY, KEPT, AT_FIRST));
  read();
  return onKeptElsewhere(KEY, read);
}

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
