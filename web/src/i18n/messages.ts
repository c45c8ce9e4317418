import compile from "icu-minify/compile";
import type { Locale } from "./locales";

/** One file each in `messages/{locale}`. */
export const NAMESPACES = [
  "accounts",
  "activity",
  "admin",
  "alerts",
  "books",
  "charting",
  "closing",
  "common",
  "desk",
  "developers",
  "errors",
  "gallery",
  "home",
  "indicators",
  "keys",
  "links",
  "mailbox",
  "markets",
  "notifications",
  "offline",
  "ordering",
  "organisations",
  "own",
  "portfolio",
  "positions",
  "rates",
  "session",
  "settings",
  "status",
  "trade",
  "transfers",
  "verification",
] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** All words of a language, by namespace; used while pages are built. */
export async function allMessages(locale: Locale): Promise<Record<Namespace, Record<string, unknown>>> {
  const entries = await Promise.all(
    NAMESPACES.map(async (name) => [
      name,
      compiled((await import(`../../messages/${locale}/${name}.json`)).default),
    ]),
  );
  return Object.fromEntries(entries);
}

/** Messages as the formatter takes them; plain texts stay as they are. */
function compiled(messages: unknown): unknown {
  // The round trip gives plain objects: no others may go from the build into a page.
  if (typeof messages === "string") return JSON.parse(JSON.stringify(compile(messages)));
  return Object.fromEntries(
    Object.entries(messages as Record<string, unknown>).map(([key, inner]) => [key, compiled(inner)]),
  );
}
