"use client";

import { useTranslations } from "next-intl";
import { StaleBanner } from "@/components/States";
import { useOwn } from "@/providers/own/own";
import { useStaleSeconds } from "@/providers/stale";

/** Says that one's own figures may be old where prices are not: where all are, that is said already. */
export function OldOwn({ className }: { className?: string }) {
  const t = useTranslations("own");
  const seconds = useOwn((state) => state.staleSeconds);
  const pricesToo = useStaleSeconds() !== null;
  if (seconds === null || pricesToo) return null;
  return (
    <StaleBanner className={className} age={t("seconds", { seconds })}>
      {t("stale")}
    </StaleBanner>
  );
}
