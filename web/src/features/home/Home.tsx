"use client";

import { useTranslations } from "next-intl";

export function Home() {
  const t = useTranslations("home");
  return <h1>{t("title")}</h1>;
}
