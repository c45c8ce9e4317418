"use client";

import { useTranslations } from "next-intl";

export function Trade() {
  const t = useTranslations("trade");
  return <h1>{t("title")}</h1>;
}
