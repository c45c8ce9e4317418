"use client";

import { useTranslations } from "next-intl";

export function SignUp() {
  const t = useTranslations("session");
  return <h1>{t("title")}</h1>;
}
