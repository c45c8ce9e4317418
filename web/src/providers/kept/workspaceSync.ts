/** What a person's browsers keep alike: written to the exchange by name, and read from there. */

import { ApiError } from "@cse/client";
import { account } from "../account";
import { browserStorage, KEPT } from "./kept";
import { SYNCED_KEYS } from "./keptKeys";
import { usePreferences } from "./preferences";
import { startSyncing } from "./syncing";
import { Unsent } from "./unsent";

/** Who draws several lines is heard once. */
const PAUSE_MS = 2_000;
const TRIES_MAX = 3;
/** Whose these are, the version of each that was seen, and which the exchange has not heard of. */
const RECORD = "cse.workspace";
const DRAWINGS = /^cse\.drawings\.(?!visitor\.)/;
const STARRED = "cse.starred";

interface Noted {
  readonly of: string;
  readonly seen: { [name: string]: number };
  readonly unsent: Unsent<string>;
  /** Of those, what was here before anybody signed in: it gives way to what they have. */
  readonly offered: Set<string>;
}

/** Has what this browser keeps be that of a person, and theirs be what they change here, until stopped. */
export function syncWorkspace(person: string): () => void {
  const record = openRecord(person);
  const { seen, unsent, offered } = record;
  let applying = false;

  function apply(key: string, text: string, version: number) {
    applying = true;
    write(key, text || null);
    applying = false;
    if (version > 0) seen[nameOf(key)] = version;
    else delete seen[nameOf(key)];
  }

  async function load(stopped: AbortSignal) {
    const there = new Map((await account().keptNames()).map(({ name, version }) => [name, version]));
    for (const name of Object.keys(seen)) if (!there.has(name)) there.set(name, 0);
    for (const [name, version] of there) {
      if (stopped.aborted) return;
      const key = keyOf(name);
      if (!isKept(key) || version === (seen[name] ?? 0)) continue;
      if (offered.has(key)) unsent.remove(key);
      if (unsent.has(key)) {
        seen[name] = version;
        continue;
      }
      const { text, version: now } = await account().keptText(name);
      if (!stopped.aborted && !unsent.has(key)) apply(key, text, now);
    }
    offered.clear();
    keepRecord(record);
  }

  async function send(stopped: AbortSignal) {
    for (const key of unsent.all()) {
      for (let tries = 0; tries < TRIES_MAX && unsent.has(key) && !stopped.aborted; tries += 1) {
        await sendOne(key);
      }
      keepRecord(record);
    }
  }

  async function sendOne(key: string) {
    const name = nameOf(key);
    const text = read(key) ?? "";
    try {
      const { version } = await account().keepText(name, text, seen[name] ?? 0);
      seen[name] = version;
      if ((read(key) ?? "") === text) unsent.remove(key);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "version_outdated") seen[name] = (await account().keptText(name)).version;
      // More than the exchange keeps stays in this browser.
      else if (error.code === "workspace_full" || error.code === "invalid_field") unsent.remove(key);
      else throw error;
    }
  }

  const syncing = startSyncing({ pauseMs: PAUSE_MS, load, send });
  const changed = (key: string) => {
    if (applying || !isKept(key)) return;
    offered.delete(key);
    unsent.add(key);
    keepRecord(record);
    syncing.changed();
  };
  const hear = (event: Event) => changed((event as CustomEvent<string>).detail);
  const leaveStars = usePreferences.subscribe((now, before) => {
    if (now.starred !== before.starred) changed(STARRED);
  });
  addEventListener(KEPT, hear);
  return () => {
    syncing.stop();
    leaveStars();
    removeEventListener(KEPT, hear);
  };
}

function isKept(key: string): boolean {
  return key === STARRED || (SYNCED_KEYS as readonly string[]).includes(key) || DRAWINGS.test(key);
}

/** What the exchange calls it; there the app has only its own. */
function nameOf(key: string): string {
  return key.slice("cse.".length);
}

function keyOf(name: string): string {
  return `cse.${name}`;
}

function read(key: string): string | null {
  if (key !== STARRED) return browserStorage()?.getItem(key) ?? null;
  const { starred } = usePreferences.getState();
  return starred.length > 0 ? JSON.stringify(starred) : null;
}

/** Keeps what came from elsewhere, and tells who shows it as if another tab had kept it. */
function write(key: string, text: string | null): void {
  if (key === STARRED) {
    usePreferences.getState().set({ starred: starsOf(text) });
    return;
  }
  try {
    if (text === null) browserStorage()?.removeItem(key);
    else browserStorage()?.setItem(key, text);
  } catch {
    // Without room here the page shows what it had.
  }
  dispatchEvent(new StorageEvent("storage", { key }));
}

function starsOf(text: string | null): string[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter((item) => typeof item === "string").slice(0, 500) : [];
  } catch {
    return [];
  }
}

/**
 * What was noted of this person. On a browser of nobody's yet, what it keeps becomes theirs where they have
 * nothing of the kind; what another person has left is taken away.
 */
function openRecord(person: string): Noted {
  const before = keptRecord();
  if (before?.of === person) return before;
  const unsent = new Unsent<string>();
  for (const key of [...SYNCED_KEYS, STARRED]) {
    if (before) write(key, null);
    else if (read(key) !== null) unsent.add(key);
  }
  const opened = { of: person, seen: {}, unsent, offered: new Set(unsent.all()) };
  keepRecord(opened);
  return opened;
}

function keptRecord(): Noted | null {
  try {
    const kept: unknown = JSON.parse(browserStorage()?.getItem(RECORD) ?? "null");
    const { of, seen, unsent, offered } = kept as {
      [Name in keyof Noted]: Name extends "of" | "seen" ? Noted[Name] : string[];
    };
    return { of, seen: { ...seen }, unsent: new Unsent(unsent), offered: new Set(offered) };
  } catch {
    return null;
  }
}

function keepRecord(record: Noted): void {
  const before = keptRecord();
  const unsent = record.unsent.beside(before?.of === record.of ? before.unsent.all() : []);
  try {
    browserStorage()?.setItem(RECORD, JSON.stringify({ ...record, unsent, offered: [...record.offered] }));
  } catch {
    // Without storage a change is lost with its page.
  }
}
