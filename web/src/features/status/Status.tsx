"use client";

import { useTranslations } from "next-intl";

export function Status() {
  const t = useTranslations("status");
  return <h1>{t("title")}</h1>;
}
