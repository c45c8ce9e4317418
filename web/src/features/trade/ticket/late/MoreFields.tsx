"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Select } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { serverNow } from "@/providers/exchange";
import { hasWorst, isBySpend, mayBeShownInPart, needsWorst, SELF_TRADE_RULES } from "../kinds";
import type { Complaints } from "../problems";
import type { Ticket } from "../useTicket";
import styles from "./Late.module.css";
import { OrderPicture } from "./OrderPicture";
import { PriceInput } from "./PriceInput";

interface MoreProps {
  ticket: Ticket;
  complaints: Complaints;
}

/** What few orders need: the worst price, the part that is shown, and what happens with one's own orders. */
export function AdvancedFields({ ticket, complaints }: MoreProps) {
  const t = useTranslations("ordering");
  const { draft, edit } = ticket;
  const rules = SELF_TRADE_RULES.filter((rule) => rule !== "decrement" || !isBySpend(draft));
  return (
    <div className={styles.fields}>
      {hasWorst(draft) && !needsWorst(draft) && (
        <PriceInput
          ticket={ticket}
          name="worst"
          label={t(draft.side === "buy" ? "field.worstBuy" : "field.worstSell")}
          error={complaints.worst}
          optional
        />
      )}
      {mayBeShownInPart(draft) && (
        <>
          <PriceInput
            ticket={ticket}
            name="shown"
            label={t("field.shown")}
            error={complaints.shown}
            optional
          />
          {draft.shown !== "" && <OrderPicture of="iceberg" side={draft.side} />}
        </>
      )}
      <p className={styles.row}>
        <span aria-hidden>{t("field.selfTrade")}</span>
        <Select
          label={t("field.selfTrade")}
          look="bare"
          value={rules.includes(draft.selfTrade) ? draft.selfTrade : "cancel_newest"}
          onValue={(selfTrade) => edit({ selfTrade })}
          options={rules.map((value) => ({ value, label: t(`selfTrade.${value}`) }))}
        />
      </p>
    </div>
  );
}

const DAY_MS = 86_400_000;

/** The day and time until which an order stands, at the reader's place; a week from now at first. */
export function UntilField({ ticket }: Pick<MoreProps, "ticket">) {
  const t = useTranslations("ordering");
  const { draft, edit, reading } = ticket;
  const empty = draft.until === "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is empty is filled in
  useEffect(() => {
    if (empty) edit({ until: localText(serverNow() + 7 * DAY_MS) });
  }, [empty]);
  const { expiresAt } = reading.order;
  const past = expiresAt !== undefined && Date.parse(expiresAt) <= serverNow();
  return (
    <div>
      <label className={styles.row}>
        {t("field.until")}
        <input
          type="datetime-local"
          name="until"
          className={styles.until}
          value={draft.until}
          onChange={(event) => edit({ until: event.target.value })}
          aria-invalid={past || undefined}
        />
      </label>
      <FieldNote error={past ? t("note.untilPast") : null} />
    </div>
  );
}

/** An instant as the browser's field writes it at the reader's place. */
function localText(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
