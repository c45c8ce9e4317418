"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { fillable } from "./fillable";
import type { LATE_WORDS } from "./lateWords";
import type { Locale } from "./locales";

export type LateNamespace = keyof typeof LATE_WORDS;

/** The words of a namespace that comes late, as they are written; what has something to fill in is not for showing. */
export async function lateWords(namespace: LateNamespace, locale: Locale): Promise<unknown> {
  const { LATE_WORDS: words } = await import("./lateWords");
  return (await words[namespace][locale]()).default;
}

/** The same words for `Words`, null until they are needed and have come. */
export function useLateWords(namespace: LateNamespace, needed = true): AbstractIntlMessages | null {
  const locale = useLocale();
  const [come, setCome] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    if (!needed) return;
    let gone = false;
    void lateWords(namespace, locale).then((found) => {
      if (!gone) setCome({ [namespace]: fillable(found) as AbstractIntlMessages });
    });
    return () => {
      gone = true;
    };
  }, [locale, namespace, needed]);
  return come;
}
