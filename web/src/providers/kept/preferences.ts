import { create } from "zustand";
import { LOCALES } from "@/i18n/locales";
import { browserStorage, keep, onKeptElsewhere, readKept } from "./kept";
import { toggled } from "./toggled";

const CHOICES = {
  theme: ["system", "dark", "light"],
  palette: ["classic", "safe", "swapped"],
  density: ["comfortable", "compact", "pro"],
  /** Whose marks numbers are written with; `auto` follows the language. */
  numbers: ["auto", "en-US", "de-DE", "fr-FR", "de-CH", "en-IN"],
  clock: ["24", "12"],
  /** That of mails, and of paths that name none; null while nobody has chosen one here. */
  language: [null, ...LOCALES],
} as const;
type Chosen = { -readonly [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number] };

/** How the app looks and asks; kept in this browser, and of who is signed in with the exchange too. Nothing secret. */
export interface Preferences extends Chosen {
  /** A name of the tz database, or `auto` for that of this device. */
  timeZone: string;
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

/** What was kept, field by field; anything else than a known choice is left at its default. */
function preferencesOf(value: unknown): Preferences {
  const kept = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const result: Record<string, unknown> = { ...DEFAULTS };
  for (const [name, fallback] of Object.entries(DEFAULTS)) {
    const value = kept[name];
    const choices = (CHOICES as Record<string, readonly unknown[]>)[name];
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

/** What this browser has kept. */
export function readPreferences(): Preferences {
  const schema = { safeParse: (value: unknown) => ({ success: true as const, data: preferencesOf(value) }) };
  return readKept(browserStorage(), KEY, schema, DEFAULTS);
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
  toggleStar: (market) => set(({ starred }) => ({ starred: toggled(starred, market) })),
  reset: () => set(DEFAULTS),
}));

/** Reads what was kept, writes every change, and follows changes made in other tabs. */
export function startPreferences(): () => void {
  const read = () => usePreferences.setState({ ...readPreferences(), ready: true });
  read();
  const stop = usePreferences.subscribe((state) => {
    const names = Object.keys(DEFAULTS) as (keyof Preferences)[];
    keep(browserStorage(), KEY, Object.fromEntries(names.map((name) => [name, state[name]])));
    applyLook(state);
  });
  applyLook(usePreferences.getState());
  const leave = onKeptElsewhere(KEY, read);
  const system = matchMedia("(prefers-color-scheme: light)");
  const follow = () => applyLook(usePreferences.getState());
  system.addEventListener("change", follow);
  return () => {
    stop();
    leave();
    system.removeEventListener("change", follow);
  };
}

function applyLook({ theme, palette, density }: Preferences) {
  const light =
    theme === "light" || (theme === "system" && matchMedia("(prefers-color-scheme: light)").matches);
  Object.assign(document.documentElement.dataset, { theme: light ? "light" : "dark", palette, density });
}

/** Runs before the first paint, so that the page never flashes in another look. */
export const BOOT_SCRIPT = `(function(){var d=document.documentElement.dataset,p={};try{p=JSON.parse(localStorage.getItem("${KEY}"))||{};if(localStorage.getItem("cse.person"))d.person="likely"}catch(e){}d.theme=p.theme==="light"||(p.theme!=="dark"&&matchMedia("(prefers-color-scheme: light)").matches)?"light":"dark";d.palette=/^(safe|swapped)$/.test(p.palette)?p.palette:"classic";d.density=/^(compact|pro)$/.test(p.density)?p.density:"comfortable"})()`;
