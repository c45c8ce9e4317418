import type { Locale } from "./locales";

/**
 * Words of a language that come with what needs them, not with the page. This list is imported late as
 * well: to name a file of each language for each namespace takes a page more than it has.
 */
export const LATE_WORDS = {
  books: {
    en: () => import("../../messages/en/books.json"),
    es: () => import("../../messages/es/books.json"),
    "pt-BR": () => import("../../messages/pt-BR/books.json"),
    de: () => import("../../messages/de/books.json"),
    fr: () => import("../../messages/fr/books.json"),
    ja: () => import("../../messages/ja/books.json"),
    ko: () => import("../../messages/ko/books.json"),
    "zh-CN": () => import("../../messages/zh-CN/books.json"),
    ar: () => import("../../messages/ar/books.json"),
  },
  charting: {
    en: () => import("../../messages/en/charting.json"),
    es: () => import("../../messages/es/charting.json"),
    "pt-BR": () => import("../../messages/pt-BR/charting.json"),
    de: () => import("../../messages/de/charting.json"),
    fr: () => import("../../messages/fr/charting.json"),
    ja: () => import("../../messages/ja/charting.json"),
    ko: () => import("../../messages/ko/charting.json"),
    "zh-CN": () => import("../../messages/zh-CN/charting.json"),
    ar: () => import("../../messages/ar/charting.json"),
  },
  desk: {
    en: () => import("../../messages/en/desk.json"),
    es: () => import("../../messages/es/desk.json"),
    "pt-BR": () => import("../../messages/pt-BR/desk.json"),
    de: () => import("../../messages/de/desk.json"),
    fr: () => import("../../messages/fr/desk.json"),
    ja: () => import("../../messages/ja/desk.json"),
    ko: () => import("../../messages/ko/desk.json"),
    "zh-CN": () => import("../../messages/zh-CN/desk.json"),
    ar: () => import("../../messages/ar/desk.json"),
  },
  indicators: {
    en: () => import("../../messages/en/indicators.json"),
    es: () => import("../../messages/es/indicators.json"),
    "pt-BR": () => import("../../messages/pt-BR/indicators.json"),
    de: () => import("../../messages/de/indicators.json"),
    fr: () => import("../../messages/fr/indicators.json"),
    ja: () => import("../../messages/ja/indicators.json"),
    ko: () => import("../../messages/ko/indicators.json"),
    "zh-CN": () => import("../../messages/zh-CN/indicators.json"),
    ar: () => import("../../messages/ar/indicators.json"),
  },
  keys: {
    en: () => import("../../messages/en/keys.json"),
    es: () => import("../../messages/es/keys.json"),
    "pt-BR": () => import("../../messages/pt-BR/keys.json"),
    de: () => import("../../messages/de/keys.json"),
    fr: () => import("../../messages/fr/keys.json"),
    ja: () => import("../../messages/ja/keys.json"),
    ko: () => import("../../messages/ko/keys.json"),
    "zh-CN": () => import("../../messages/zh-CN/keys.json"),
    ar: () => import("../../messages/ar/keys.json"),
  },
  ordering: {
    en: () => import("../../messages/en/ordering.json"),
    es: () => import("../../messages/es/ordering.json"),
    "pt-BR": () => import("../../messages/pt-BR/ordering.json"),
    de: () => import("../../messages/de/ordering.json"),
    fr: () => import("../../messages/fr/ordering.json"),
    ja: () => import("../../messages/ja/ordering.json"),
    ko: () => import("../../messages/ko/ordering.json"),
    "zh-CN": () => import("../../messages/zh-CN/ordering.json"),
    ar: () => import("../../messages/ar/ordering.json"),
  },
} satisfies Record<string, Record<Locale, () => Promise<{ default: unknown }>>>;
