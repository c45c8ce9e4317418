/** The drawings of one market and account, kept with what was before to go back to. */

import * as z from "zod/mini";
import { createStore, type StoreApi } from "zustand/vanilla";
import { keep, type Place, readKept } from "@/providers/kept/kept";
import { DRAWINGS, DRAWINGS_MAX, type Drawing, type Tool } from "./drawing";

const UNDO_MAX = 50;
const MODES_KEY = "cse.drawing";
const MODES = z.object({ magnet: z.boolean(), locked: z.boolean(), hidden: z.boolean() });

export type Modes = z.infer<typeof MODES>;

export interface DrawingsState extends Modes {
  readonly drawings: readonly Drawing[];
  /** The drawings as they were before each change, the newest last. */
  readonly past: readonly (readonly Drawing[])[];
  /** What is being drawn. */
  readonly tool: Tool | null;
  readonly selected: number | null;
}

export type DrawingsStore = StoreApi<DrawingsState>;

/** Who is signed out draws for themselves as well. */
export function drawingsKey(market: string, account: string | null): string {
  return `cse.drawings.${account ?? "visitor"}.${market}`;
}

/** Opens what was kept; what cannot be read counts as nothing drawn. */
export function openDrawings(place: Place, key: string): DrawingsStore {
  const drawings = readKept(place, key, DRAWINGS, []);
  const modes = readKept(place, MODES_KEY, MODES, { magnet: false, locked: false, hidden: false });
  const store = createStore<DrawingsState>(() => ({
    drawings,
    past: [],
    tool: null,
    selected: null,
    ...modes,
  }));
  store.subscribe((now, before) => {
    if (now.drawings !== before.drawings) keep(place, key, now.drawings.length > 0 ? now.drawings : null);
    const { magnet, locked, hidden } = now;
    if (magnet !== before.magnet || locked !== before.locked || hidden !== before.hidden) {
      keep(place, MODES_KEY, { magnet, locked, hidden });
    }
  });
  return store;
}

/** Has the store be what another tab or device has kept. */
export function reread(store: DrawingsStore, place: Place, key: string): void {
  store.setState({ drawings: readKept(place, key, DRAWINGS, []), selected: null });
}

/** Adds a drawing and chooses it; gives its id, or null where there are too many. */
export function add(store: DrawingsStore, drawing: Omit<Drawing, "id">): number | null {
  const { drawings } = store.getState();
  if (drawings.length >= DRAWINGS_MAX) return null;
  const id = 1 + Math.max(0, ...drawings.map((one) => one.id));
  become(store, [...drawings, { ...drawing, id }]);
  store.setState({ selected: id });
  return id;
}

export function replace(store: DrawingsStore, drawing: Drawing): void {
  const { drawings } = store.getState();
  become(
    store,
    drawings.map((one) => (one.id === drawing.id ? drawing : one)),
  );
}

/** Takes away one, or all. */
export function remove(store: DrawingsStore, id: number | null): void {
  const { drawings } = store.getState();
  become(store, id === null ? [] : drawings.filter((one) => one.id !== id));
  store.setState({ selected: null });
}

/** Takes back the last change. */
export function undo(store: DrawingsStore): void {
  const { past } = store.getState();
  const before = past.at(-1);
  if (before) store.setState({ drawings: before, past: past.slice(0, -1), selected: null });
}

function become(store: DrawingsStore, drawings: readonly Drawing[]): void {
  const { drawings: before, past } = store.getState();
  store.setState({ drawings, past: [...past, before].slice(-UNDO_MAX) });
}
