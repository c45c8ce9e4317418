"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { Empty } from "@/components/States";

/** Nothing yet, and where to begin. */
export function NothingYet({ title, text }: { title: string; text: string }) {
  const t = useTranslations("portfolio");
  return (
    <Empty
      drawing="orders"
      title={title}
      action={
        <ButtonLink size={32} href="/markets">
          {t("discover")}
        </ButtonLink>
      }
    >
      {text}
    </Empty>
  );
}
