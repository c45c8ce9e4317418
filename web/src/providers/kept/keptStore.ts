/** Stores of settings that a browser keeps under a key. */

import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept, type Schema } from "./kept";

/** Sets some of the settings, and keeps all of them. */
type ChangeKept<Kept> = (change: Partial<Kept>) => void;

/**
 * A store of what is kept under `key`, exactly the fields of `atFirst`, and of what changes it. It hears of
 * other tabs and devices. A page that is built without a browser is rendered first with `atFirst`.
 */
export function keptStore<Kept extends object, Acts extends object>(
  key: string,
  schema: Schema<Kept>,
  atFirst: Kept,
  acts: (change: ChangeKept<Kept>, now: () => Kept) => Acts,
) {
  const names = Object.keys(atFirst) as (keyof Kept)[];
  const store = create<Kept & Acts>((set, get) => {
    const change: ChangeKept<Kept> = (change) => {
      set(change as Partial<Kept & Acts>);
      keep(browserStorage(), key, Object.fromEntries(names.map((name) => [name, get()[name]])));
    };
    return { ...atFirst, ...acts(change, get) };
  });
  const read = () => store.setState(readKept(browserStorage(), key, schema, atFirst) as Partial<Kept & Acts>);
  read();
  onKeptElsewhere(key, read);
  return store;
}
