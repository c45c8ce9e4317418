"use client";

import type { AbstractIntlMessages } from "next-intl";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";

/** The words of a namespace for `Words`, null until they have come; none of them fills anything in. */
export function useLateWords(namespace: "charting" | "indicators"): AbstractIntlMessages | null {
  const locale = useLocale();
  const [come, setCome] = useState<AbstractIntlMessages | null>(null);
  useEffect(() => {
    let gone = false;
    void import("./lateWords")
      .then(({ LATE_WORDS }) => LATE_WORDS[namespace][locale]())
      .then((found) => {
        if (!gone) setCome({ [namespace]: found.default });
      });
    return () => {
      gone = true;
    };
  }, [locale, namespace]);
  return come;
}
