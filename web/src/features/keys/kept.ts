/** The keys that a person has chosen, kept as what differs from the first ones. */

import { browserStorage, keep, onKeptElsewhere, type Place, readKept } from "@/providers/kept/kept";
import { type Act, AT_FIRST, type Bindings, useBindings } from "./bindings";
import { choiceOf } from "./chords";

const KEY = "cse.keys";
type Read = { success: true; data: Readonly<Record<string, unknown>> } | { success: false };

/** Any object: what it says of each act is looked at by itself. */
const KEPT = {
  safeParse: (value: unknown): Read =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? { success: true, data: value as Readonly<Record<string, unknown>> }
      : { success: false },
};
const NONE = Object.fromEntries(Object.keys(AT_FIRST).map((act) => [act, null])) as Record<Act, null>;

/**
 * What was kept, act by act. A key that an act may not have is no key of it, and of two acts with the same
 * key the first has it.
 */
export function readBindings(place: Place): Bindings {
  const kept = readKept(place, KEY, KEPT, {});
  const read: Record<Act, string | null> = { ...NONE };
  for (const act of Object.keys(AT_FIRST) as Act[]) {
    const chord = kept[act] === undefined ? AT_FIRST[act] : kept[act];
    if (typeof chord === "string" && choiceOf(act, chord, read).kind === "free") read[act] = chord;
  }
  return read;
}

/** Reads what was kept, and follows what other tabs and devices choose. */
export function followKept(): () => void {
  const read = () => useBindings.setState(readBindings(browserStorage()));
  read();
  return onKeptElsewhere(KEY, read);
}

/** Gives an act another key, or none; whatever had the key is without one. */
export function bind(act: Act, chord: string | null): void {
  const now: Record<Act, string | null> = { ...useBindings.getState() };
  for (const other of Object.keys(now) as Act[]) {
    if (chord !== null && now[other] === chord) now[other] = null;
  }
  now[act] = chord;
  become(now);
}

/** Every act has its first key again. */
export function resetKeys(): void {
  become(AT_FIRST);
}

function become(bindings: Bindings): void {
  useBindings.setState(bindings);
  const changed = Object.entries(bindings).filter(([act, chord]) => chord !== AT_FIRST[act as Act]);
  keep(browserStorage(), KEY, changed.length > 0 ? Object.fromEntries(changed) : null);
}
