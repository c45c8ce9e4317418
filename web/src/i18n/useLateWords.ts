"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import type { Locale } from "./locales";

/** Words of a language that come with what needs them, not with the page; none of them fills anything in. */
export type LateWords = Record<Locale, () => Promise<{ default: AbstractIntlMessages }>>;

/** The words of a namespace for `Words`, null until they have come. `words` is always the same object. */
export function useLateWords(namespace: string, words: LateWords): AbstractIntlMessages | null {
  const locale = useLocale();
  const [come, setCome] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    let gone = false;
    void words[locale]().then((found) => {
      if (!gone) setCome({ [namespace]: found.default });
    });
    return () => {
      gone = true;
    };
  }, [locale, namespace, words]);
  return come;
}
