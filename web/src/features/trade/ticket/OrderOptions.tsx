"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox, Select } from "@/components/Choice";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { isAuction } from "../phase/phase";
import { isBracket, timesOf } from "./kinds";
import { AdvancedFields, ExitFields, Later, UntilField } from "./later";
import type { Complaints } from "./problems";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/** How long the order stands, and what may be chosen beside; in an auction there is no choice. */
export function OrderOptions({ ticket, complaints }: { ticket: Ticket; complaints: Complaints }) {
  const t = useTranslations("trade.ticket");
  const { draft, edit, phase } = ticket;
  const times = timesOf(draft.type);
  if (isAuction(phase)) return <p className={styles.auctionOptions}>{t("auctionStays")}</p>;
  const limit = draft.type === "limit";
  const goodUntil = times.length > 0 && (
    <span className={styles.goodUntil}>
      <span aria-hidden>{t("goodUntil")}</span>
      <Select
        label={t("goodUntil")}
        look="bare"
        value={draft.timeInForce}
        onValue={(timeInForce) => edit({ timeInForce })}
        options={times.map((value) => ({ value, label: t(`times.${value}`) }))}
      />
    </span>
  );
  return (
    <>
      {limit && (
        <div className={styles.options}>
          <Checkbox
            checked={draft.postOnly}
            onValue={(postOnly) => edit({ postOnly })}
            title={t("postOnlyHint")}
          >
            {t("postOnly")}
          </Checkbox>
          {goodUntil}
        </div>
      )}
      <div className={styles.options}>
        {limit && draft.side === "buy" && (
          <Checkbox checked={draft.exits} onValue={(exits) => edit({ exits })}>
            {t("exits")}
          </Checkbox>
        )}
        {!limit && goodUntil}
        <button
          type="button"
          className={classes(styles.advanced, draft.advanced && styles.opened)}
          aria-expanded={draft.advanced}
          onClick={() => edit({ advanced: !draft.advanced })}
        >
          {t("advanced")}
          <Icon of={ChevronDown} size={14} />
        </button>
      </div>
      {draft.timeInForce === "gtd" && times.length > 0 && (
        <Later>
          <UntilField ticket={ticket} />
        </Later>
      )}
      {isBracket(draft) && (
        <Later>
          <ExitFields ticket={ticket} complaints={complaints} />
        </Later>
      )}
      {draft.advanced && (
        <Later>
          <AdvancedFields ticket={ticket} complaints={complaints} />
        </Later>
      )}
    </>
  );
}

/** Whether so much is open that the ticket has no room for anything else. */
export function isFull({ draft }: Ticket): boolean {
  return draft.advanced || isBracket(draft);
}
