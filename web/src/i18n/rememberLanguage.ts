import type { Locale } from "./locales";

/** Kept for a year, for paths without a language; the server reads it. By TLS its name is bound to the host. */
export function rememberLanguage(locale: Locale): void {
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
  // biome-ignore lint/suspicious/noDocumentCookie: the store that would replace it is not everywhere yet
  document.cookie = `${prefix}cse_locale=${locale}; path=/; max-age=31536000; samesite=lax${secure}`;
}
