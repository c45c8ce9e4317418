"use client";

import { useTranslations } from "next-intl";

export function Portfolio() {
  const t = useTranslations("portfolio");
  return <h1>{t("title")}</h1>;
}
