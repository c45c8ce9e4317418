import { ApiError, type ChangedPreferences, type PreferencesView } from "@cse/client";
import { localeOf } from "@/i18n/locales";
import { rememberLanguage } from "@/i18n/rememberLanguage";
import { account } from "../account";
import { browserStorage, keep, readKept } from "./kept";
import { isTimeZone, type Preferences, usePreferences } from "./preferences";
import { startSyncing } from "./syncing";
import { Unsent } from "./unsent";

type Shared = Omit<Preferences, "starred" | "lastMarket">;
type Name = keyof Shared;

/** What all devices of a person share, by its names here and at the exchange. */
const NAMES: { readonly [Key in Name]: Exclude<keyof PreferencesView, "version"> } = {
  theme: "theme",
  palette: "palette",
  density: "density",
  numbers: "numbers",
  clock: "clock",
  timeZone: "time_zone",
  language: "language",
  confirmLimit: "confirm_limit",
  confirmMarket: "confirm_market",
  shortcuts: "shortcuts",
};
const ALL = Object.keys(NAMES) as Name[];
/** What was changed here, by whom, and the exchange has not heard of: it may be longer than a page lives. */
const UNSENT = "cse.preferences.unsent";
/** Somebody who tries several looks is heard once. */
const PAUSE_MS = 400;
const TRIES_MAX = 3;

/**
 * Has this browser's preferences be those of a person, and theirs be what they change here, until stopped.
 * What another device has changed meanwhile stays, but for what is changed here as well.
 */
export function syncPreferences(person: string): () => void {
  const unsent = new Unsent<Name>(readUnsent(person));
  let version = 0;
  let applying = false;

  function apply(view: PreferencesView) {
    version = view.version;
    const change: Record<string, unknown> = {};
    for (const name of ALL) if (!unsent.has(name)) change[name] = view[NAMES[name]];
    if (!isTimeZone(String(change.timeZone ?? "auto"))) change.timeZone = "auto";
    applying = true;
    usePreferences.getState().set(change as Partial<Preferences>);
    applying = false;
    if (!unsent.has("language")) rememberLanguage(view.language);
  }

  async function load(stopped: AbortSignal) {
    const view = await account().preferences();
    if (stopped.aborted) return;
    if (view.version > 0) return apply(view);
    // Nothing was chosen yet anywhere: it is what this browser is like.
    version = 0;
    for (const name of ALL) unsent.add(name);
  }

  async function send(stopped: AbortSignal) {
    for (let tries = 0; tries < TRIES_MAX && unsent.size > 0 && !stopped.aborted; tries += 1) {
      const sent = usePreferences.getState();
      const names = unsent.all();
      const changes: Record<string, unknown> = { version };
      for (const name of names) changes[NAMES[name]] = sent[name] ?? localeOf(location.pathname);
      try {
        const view = await account().changePreferences(changes as unknown as ChangedPreferences);
        if (stopped.aborted) return;
        const now = usePreferences.getState();
        for (const name of names) if (now[name] === sent[name]) unsent.remove(name);
        apply(view);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "version_outdated")) throw error;
        apply(await account().preferences());
      }
      keepUnsent(person, unsent);
    }
  }

  const syncing = startSyncing({ pauseMs: PAUSE_MS, load, send });
  const leave = usePreferences.subscribe((now, before) => {
    if (applying) return;
    const changed = ALL.filter((name) => now[name] !== before[name]);
    if (changed.length === 0) return;
    for (const name of changed) unsent.add(name);
    keepUnsent(person, unsent);
    syncing.changed();
  });
  return () => {
    syncing.stop();
    leave();
  };
}

function readUnsent(person: string): Name[] {
  const unsentOf = (value: unknown) => {
    const { of, names } = (value ?? {}) as { of?: unknown; names?: unknown };
    const known = of === person && Array.isArray(names) ? ALL.filter((name) => names.includes(name)) : [];
    return { success: true as const, data: known };
  };
  return readKept(browserStorage(), UNSENT, { safeParse: unsentOf }, []);
}

/** Without storage a change is lost with its page. */
function keepUnsent(person: string, unsent: Unsent<Name>) {
  const names = unsent.beside(readUnsent(person));
  keep(browserStorage(), UNSENT, names.length === 0 ? null : { of: person, names });
}
