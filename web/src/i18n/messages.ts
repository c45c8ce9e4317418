import type { Locale } from "./locales";

/** One file each in `messages/{locale}`. */
export const NAMESPACES = [
  "common",
  "errors",
  "gallery",
  "home",
  "markets",
  "portfolio",
  "session",
  "settings",
  "status",
  "trade",
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** All words of a language, by namespace; used while pages are built. */
export async function allMessages(locale: Locale): Promise<Record<Namespace, Record<string, unknown>>> {
  const entries = await Promise.all(
    NAMESPACES.map(async (name) => [name, (await import(`../../messages/${locale}/${name}.json`)).default]),
  );
  return Object.fromEntries(entries);
}
