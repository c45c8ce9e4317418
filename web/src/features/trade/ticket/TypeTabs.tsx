"use client";

import { useTranslations } from "next-intl";
import { Tabs } from "@/components/Tabs";
import { isAuction } from "../phase/phase";
import type { Ticket } from "./useTicket";

/** Limit or market; an auction takes no market orders, so that tab waits for it to end. */
export function TypeTabs({ ticket, className }: { ticket: Ticket; className?: string | undefined }) {
  const t = useTranslations("trade.ticket");
  const { draft, edit, phase } = ticket;
  return (
    <Tabs
      label={t("type")}
      size={13}
      tabs={[
        { key: "limit", label: t("limit") },
        { key: "market", label: t("market"), disabled: isAuction(phase) },
      ]}
      value={draft.type}
      onValue={(type) => edit({ type })}
      {...(className !== undefined && { className })}
    />
  );
}
