import { describe, expect, it } from "vitest";
import { languagePath } from "@/features/settings/LanguageLink";
import { directionOf, localeOf, withoutLocale } from "@/i18n/locales";

describe("the same page in another language", () => {
  it.each([
    ["/en", "ar", "/ar"],
    ["/en/trade/LUNA-USDC", "ar", "/ar/trade/LUNA-USDC"],
    ["/ar/markets", "en", "/en/markets"],
    ["/unknown", "ar", "/ar/unknown"],
  ] as const)("of %s in %s is %s", (path, locale, other) => expect(languagePath(path, locale)).toBe(other));
});

describe("the language of a path", () => {
  it.each([
    ["/ar/markets", "ar", "/markets", "rtl"],
    ["/en", "en", "/", "ltr"],
    ["/english", "en", "/english", "ltr"],
  ] as const)("%s is %s", (path, locale, rest, direction) => {
    expect(localeOf(path)).toBe(locale);
    expect(withoutLocale(path)).toBe(rest);
    expect(directionOf(localeOf(path))).toBe(direction);
  });
});
