import { create } from "zustand";
import { LOCALES, type Locale } from "@/i18n/locales";

/** How the app looks and asks; kept in this browser, and of who is signed in with the exchange too. Nothing secret. */
export interface Preferences {
  theme: "system" | "dark" | "light";
  palette: "classic" | "safe" | "swapped";
  density: "comfortable" | "compact" | "pro";
  /** Whose marks numbers are written with; `auto` follows the language. */
  numbers: "auto" | "en-US" | "de-DE" | "fr-FR" | "de-CH" | "en-IN";
  clock: "24" | "12";
  /** A name of the tz database, or `auto` for that of this device. */
  timeZone: string;
  /** That of mails, and of paths that name none; null while nobody has chosen one here. */
  language: Locale | null;
  /** Ask before an order is sent, by its type. */
  confirmLimit: boolean;
  confirmMarket: boolean;
  /** Keys of one letter on the trade page. */
  shortcuts: boolean;
  starred: string[];
  /** The market that was looked at last. */
  lastMarket: string | null;
}

export const DEFAULTS: Preferences = {
  theme: "system",
  palette: "classic",
  density: "comfortable",
  numbers: "auto",
  clock: "24",
  timeZone: "auto",
  language: null,
  confirmLimit: true,
  confirmMarket: true,
  shortcuts: true,
  starred: [],
  lastMarket: null,
};

const KEY = "cse.preferences";
const CHOICES: { [Name in keyof Preferences]?: readonly Preferences[Name][] } = {
  theme: ["system", "dark", "light"],
  palette: ["classic", "safe", "swapped"],
  density: ["comfortable", "compact", "pro"],
  numbers: ["auto", "en-US", "de-DE", "fr-FR", "de-CH", "en-IN"],
  clock: ["24", "12"],
  language: [null, ...LOCALES],
};

/** What was kept, field by field; anything else than a known choice is left at its default. */
export function readPreferences(text: string | null): Preferences {
  const kept = parsed(text);
  const result: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, fallback] of Object.entries(DEFAULTS)) {
    const value = kept[name];
    const choices = CHOICES[name as keyof Preferences] as readonly unknown[] | undefined;
    if (choices) {
      if (choices.includes(value)) result[name] = value;
    } else if (Array.isArray(fallback)) {
      if (Array.isArray(value)) result[name] = value.filter((item) => typeof item === "string").slice(0, 500);
    } else if (name === "lastMarket") {
      if (typeof value === "string" && value.length <= 32) result[name] = value;
    } else if (name === "timeZone") {
      if (typeof value === "string" && isTimeZone(value)) result[name] = value;
    } else if (typeof value === typeof fallback) result[name] = value;
  }
  return result as unknown as Preferences;
}

/** Whether times can be written in it here; a device may know fewer zones than another. */
export function isTimeZone(name: string): boolean {
  if (name === DEFAULTS.timeZone) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

interface PreferencesStore extends Preferences {
  /** False until what was kept has been read, which is after the first render. */
  ready: boolean;
  set(change: Partial<Preferences>): void;
  toggleStar(market: string): void;
  reset(): void;
}

export const usePreferences = create<PreferencesStore>((set) => ({
  ...DEFAULTS,
  ready: false,
  set: (change) => set(change),
  toggleStar: (market) =>
    set(({ starred }) => ({
      starred: starred.includes(market) ? starred.filter((other) => other !== market) : [...starred, market],
    })),
  reset: () => set(DEFAULTS),
}));

/** Reads what was kept, writes every change, and follows changes made in other tabs. */
export function startPreferences(): () => void {
  const read = () =>
    usePreferences.setState({ ...readPreferences(storage()?.getItem(KEY) ?? null), ready: true });
  read();
  const stop = usePreferences.subscribe((state) => {
    const kept = Object.fromEntries(
      Object.keys(DEFAULTS).map((name) => [name, state[name as keyof Preferences]]),
    );
    const text = JSON.stringify(kept);
    try {
      if (storage()?.getItem(KEY) !== text) storage()?.setItem(KEY, text);
    } catch {
      // A full or forbidden storage only means that choices last as long as the page.
    }
    applyLook(state);
  });
  applyLook(usePreferences.getState());
  const elsewhere = (event: StorageEvent) => event.key === KEY && read();
  const system = matchMedia("(prefers-color-scheme: light)");
  const follow = () => applyLook(usePreferences.getState());
  addEventListener("storage", elsewhere);
  system.addEventListener("change", follow);
  return () => {
    stop();
    removeEventListener("storage", elsewhere);
    system.removeEventListener("change", follow);
  };
}

function applyLook({ theme, palette, density }: Preferences) {
  const light =
    theme === "light" || (theme === "system" && matchMedia("(prefers-color-scheme: light)").matches);
  Object.assign(document.documentElement.dataset, { theme: light ? "light" : "dark", palette, density });
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Runs before the first paint, so that the page never flashes in another look. */
export const BOOT_SCRIPT = `(function(){var d=document.documentElement.dataset,p={};try{p=JSON.parse(localStorage.getItem("${KEY}"))||{};if(localStorage.getItem("cse.person"))d.person="likely"}catch(e){}d.theme=p.theme==="light"||(p.theme!=="dark"&&matchMedia("(prefers-color-scheme: light)").matches)?"light":"dark";d.palette=/^(safe|swapped)$/.test(p.palette)?p.palette:"classic";d.density=/^(compact|pro)$/.test(p.density)?p.density:"comfortable"})()`;
