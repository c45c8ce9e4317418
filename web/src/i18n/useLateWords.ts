"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { comesLate } from "@/components/late";
import { fillable } from "./fillable";
import type { LATE_WORDS } from "./lateWords";
import type { Locale } from "./locales";

type LateNamespace = keyof typeof LATE_WORDS;

/** So long after words could not be fetched they are asked for again. */
const AGAIN_MS = 3_000;

/** The words of a namespace that comes late, as they are written; what has something to fill in is not for showing. */
export function lateWords(namespace: LateNamespace, locale: Locale): Promise<unknown> {
  return comesLate(
    import("./lateWords")
      .then(({ LATE_WORDS: words }) => words[namespace][locale]())
      .then((found) => found.default),
  );
}

/** The same words for `Words`, null until they are needed and have come. */
export function useLateWords(namespace: LateNamespace, needed = true): AbstractIntlMessages | null {
  const locale = useLocale();
  const [come, setCome] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    if (!needed) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () =>
      void lateWords(namespace, locale).then(
        (found) => {
          if (!gone) setCome({ [namespace]: fillable(found) as AbstractIntlMessages });
        },
        () => {
          if (!gone) timer = setTimeout(ask, AGAIN_MS);
        },
      );
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [locale, namespace, needed]);
  return come;
}
