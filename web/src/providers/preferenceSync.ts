import { ApiError, type ChangedPreferences, type PreferencesView } from "@cse/client";
import { localeOf } from "@/i18n/locales";
import { rememberLanguage } from "@/i18n/rememberLanguage";
import { account } from "./account";
import { isTimeZone, type Preferences, usePreferences } from "./preferences";

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
  const unsent = new Set<Name>(readUnsent(person));
  let version: number | null = null;
  let applying = false;
  let working: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

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

  async function load() {
    const view = await account().preferences();
    if (stopped) return;
    if (view.version > 0) return apply(view);
    // Nothing was chosen yet anywhere: it is what this browser is like.
    version = 0;
    for (const name of ALL) unsent.add(name);
  }

  async function send() {
    for (let tries = 0; tries < TRIES_MAX && unsent.size > 0 && version !== null && !stopped; tries += 1) {
      const sent = usePreferences.getState();
      const names = [...unsent];
      const changes: Record<string, unknown> = { version };
      for (const name of names) changes[NAMES[name]] = sent[name] ?? localeOf(location.pathname);
      try {
        const view = await account().changePreferences(changes as unknown as ChangedPreferences);
        if (stopped) return;
        const now = usePreferences.getState();
        for (const name of names) if (now[name] === sent[name]) unsent.delete(name);
        apply(view);
      } catch (error) {
        if (!(error instanceof ApiError && error.code === "version_outdated")) throw error;
        apply(await account().preferences());
      }
      keepUnsent(person, unsent);
    }
  }

  /** One at a time. What fails is tried again when somebody looks at the page, or changes something. */
  function work(fresh: boolean): Promise<void> {
    working ??= (async () => {
      if (fresh || version === null) await load();
      await send();
    })()
      .catch(() => undefined)
      .finally(() => {
        working = undefined;
      });
    return working;
  }

  const leave = usePreferences.subscribe((now, before) => {
    if (applying) return;
    const changed = ALL.filter((name) => now[name] !== before[name]);
    if (changed.length === 0) return;
    for (const name of changed) unsent.add(name);
    keepUnsent(person, unsent);
    clearTimeout(timer);
    timer = setTimeout(() => void (working ?? Promise.resolve()).then(() => work(false)), PAUSE_MS);
  });
  const seen = () => {
    if (document.visibilityState === "visible") void work(true);
  };
  document.addEventListener("visibilitychange", seen);
  void work(true);
  return () => {
    stopped = true;
    clearTimeout(timer);
    leave();
    document.removeEventListener("visibilitychange", seen);
  };
}

function readUnsent(person: string): Name[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(UNSENT) ?? "null");
    const { of, names } = kept as { of: unknown; names: unknown[] };
    return of === person ? ALL.filter((name) => names.includes(name)) : [];
  } catch {
    return [];
  }
}

function keepUnsent(person: string, unsent: ReadonlySet<Name>) {
  try {
    if (unsent.size === 0) localStorage.removeItem(UNSENT);
    else localStorage.setItem(UNSENT, JSON.stringify({ of: person, names: [...unsent] }));
  } catch {
    // Without storage a change is lost with its page.
  }
}
