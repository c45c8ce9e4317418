"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import { Tabs } from "@/components/Tabs";
import { isAuction } from "../phase/phase";
import { isWaiting, WAITING_KINDS } from "./kinds";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/**
 * Limit, market, and in a menu those that wait for a price; an auction takes no market orders and no linked
 * ones, so those wait for it to end.
 */
export function TypeTabs({ ticket, className }: { ticket: Ticket; className?: string | undefined }) {
  const t = useTranslations("trade.ticket");
  const names = useTranslations("own.type");
  const { draft, edit, phase } = ticket;
  const auction = isAuction(phase);
  const waiting = isWaiting(draft.type) ? draft.type : null;
  const kinds = WAITING_KINDS.filter((kind) => !auction || kind !== "oco");
  const nameOf = (kind: (typeof WAITING_KINDS)[number]) => (kind === "oco" ? t("oco") : names(kind));
  return (
    <div className={classes(styles.typeRow, className)}>
      <Tabs
        label={t("type")}
        size={13}
        tabs={[
          { key: "limit", label: t("limit") },
          { key: "market", label: t("market"), disabled: auction },
        ]}
        value={draft.type as "limit" | "market"}
        onValue={(type) => edit({ type })}
      />
      <Menu
        label={`${waiting ? nameOf(waiting) : t("stop")}: ${t("more")}`}
        align="end"
        buttonClassName={classes(styles.stopMenu, waiting && styles.stopChosen)}
        button={
          <>
            <span>{waiting ? nameOf(waiting) : t("stop")}</span>
            <Icon of={ChevronDown} size={14} />
          </>
        }
      >
        {(close) =>
          kinds.map((kind) => (
            <MenuItem
              key={kind}
              checked={kind === draft.type}
              onSelect={() => {
                edit({ type: kind });
                close();
              }}
            >
              {nameOf(kind)}
            </MenuItem>
          ))
        }
      </Menu>
    </div>
  );
}
