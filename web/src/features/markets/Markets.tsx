"use client";

import { useTranslations } from "next-intl";

export function Markets() {
  const t = useTranslations("markets");
  return <h1>{t("title")}</h1>;
}
