"use client";

import { useTranslations } from "next-intl";
import { Checkbox, Select } from "@/components/Choice";
import { isAuction } from "../phase/phase";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

const TIMES = ["gtc", "ioc", "fok"] as const;

/** Post-only, and how long the order stands; in an auction there is no choice. */
export function OrderOptions({ ticket }: { ticket: Ticket }) {
  const t = useTranslations("trade.ticket");
  const { draft, edit, phase } = ticket;
  if (isAuction(phase)) return <p className={styles.auctionOptions}>{t("auctionStays")}</p>;
  return (
    <div className={styles.options}>
      <Checkbox checked={draft.postOnly} onValue={(postOnly) => edit({ postOnly })} title={t("postOnlyHint")}>
        {t("postOnly")}
      </Checkbox>
      <span className={styles.goodUntil}>
        <span aria-hidden>{t("goodUntil")}</span>
        <Select
          label={t("goodUntil")}
          look="bare"
          value={draft.timeInForce}
          onValue={(timeInForce) => edit({ timeInForce })}
          options={TIMES.map((value) => ({ value, label: t(`times.${value}`) }))}
        />
      </span>
    </div>
  );
}
