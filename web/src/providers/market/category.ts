"use client";

import { useTranslations } from "next-intl";

/** What creators do, as the exchange has it, and as the reader's language has it. */
const KNOWN = {
  Art: "art",
  Comics: "comics",
  Games: "games",
  Music: "music",
  Podcast: "podcast",
  Science: "science",
  Sound: "sound",
  Writing: "writing",
} as const;

/** Writes a category in the reader's language; one that is not known stays as it is. */
export function useCategory(): (category: string) => string {
  const t = useTranslations("common.categories");
  return (category) => {
    const key = KNOWN[category as keyof typeof KNOWN] as (typeof KNOWN)[keyof typeof KNOWN] | undefined;
    return key ? t(key) : category;
  };
}
