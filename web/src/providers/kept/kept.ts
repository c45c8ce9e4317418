/** What is kept in the browser's storage: read back through a schema, written without ever failing. */

/** Where texts are kept; null where the browser refuses. */
export type Place = Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

/** The event of a window in which something was kept; its detail is the key. */
export const KEPT = "cse-kept";

/** What reads a value of unknown shape, such as a schema of zod. */
export interface Schema<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

/** Kept until it is cleared, for all tabs. */
export function browserStorage(): Place {
  return storageOf(() => window.localStorage);
}

/** Kept as long as the tab. */
export function tabStorage(): Place {
  return storageOf(() => window.sessionStorage);
}

/** What was kept under the key, or the fallback where nothing usable was. */
export function readKept<Value>(place: Place, key: string, schema: Schema<Value>, fallback: Value): Value {
  try {
    const text = place?.getItem(key);
    const parsed = text ? schema.safeParse(JSON.parse(text)) : null;
    return parsed?.success ? parsed.data : fallback;
  } catch {
    return fallback;
  }
}

/** Keeps a value; null takes away what was kept. Without room it is not kept, and nothing else happens. */
export function keep(place: Place, key: string, value: unknown): void {
  try {
    if (value === null) place?.removeItem(key);
    else place?.setItem(key, JSON.stringify(value));
    window.dispatchEvent(new CustomEvent(KEPT, { detail: key }));
  } catch {
    // Full or forbidden: the value lasts as long as the page.
  }
}

/** Whether anything is kept under the key. */
export function hasKept(place: Place, key: string): boolean {
  try {
    return place?.getItem(key) != null;
  } catch {
    return false;
  }
}

/** Hears of what other tabs and other devices have kept under the key, until stopped. */
export function onKeptElsewhere(key: string, heard: () => void): () => void {
  if (typeof window === "undefined") return () => undefined;
  const listen = (event: StorageEvent) => {
    if (event.key === key) heard();
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

function storageOf(storage: () => Storage): Place {
  try {
    return typeof window === "undefined" ? null : storage();
  } catch {
    return null;
  }
}
