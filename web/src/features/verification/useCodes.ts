"use client";

import { useTranslations } from "next-intl";

const CODES = [
  "verification_not_open",
  "verification_reached",
  "documents_missing",
  "document_refused",
  "unsupported_file",
  "country_refused",
] as const;

/** What the exchange's codes mean here; their words come with this page, since no other meets them. */
export function useCodes(): Readonly<Record<string, string>> {
  const t = useTranslations("verification.codes");
  return Object.fromEntries(CODES.map((code) => [code, t(code)]));
}
