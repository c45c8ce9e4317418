"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useCommitCount } from "@/canvas/counts";
import { SegmentedSwitch } from "@/components/Tabs";
import { useActs } from "@/features/keys/acts";
import { useRoom } from "../MarketRoom";
import { TicketNotice } from "../phase/TicketNotice";
import { AvailableLine } from "./AvailableLine";
import { Estimate } from "./Estimate";
import { HoldingBlock } from "./HoldingBlock";
import { isWaiting } from "./kinds";
import { Later, LaterWords, WaitingFields } from "./later";
import { isFull, OrderOptions } from "./OrderOptions";
import { PercentRow } from "./PercentRow";
import { PriceChips, PriceField } from "./PriceField";
import { useComplaints } from "./problems";
import { SizeField } from "./SizeField";
import { SubmitBar } from "./SubmitBar";
import styles from "./Ticket.module.css";
import { TypeTabs } from "./TypeTabs";
import { useNeedsLater } from "./useNeedsLater";
import { useTicket } from "./useTicket";

/** Where an order is written: one draft, one estimate, one button that says what it will do. */
export function TicketPanel() {
  return (
    <LaterWords needed={useNeedsLater()}>
      <Panel />
    </LaterWords>
  );
}

function Panel() {
  useCommitCount("ticket");
  const t = useTranslations("trade.ticket");
  const ticket = useTicket();
  const complaints = useComplaints()(ticket);
  const form = useRef<HTMLFormElement>(null);
  const { listing } = useRoom();
  const { draft, edit } = ticket;
  const part = (percent: number) => () => ticket.available !== null && ticket.choosePercent(percent);
  useActs({
    buy: () => edit({ side: "buy" }),
    sell: () => edit({ side: "sell" }),
    limit: () => edit({ type: "limit" }),
    market: () => edit({ type: "market" }),
    part1: part(25),
    part2: part(50),
    part3: part(75),
    part4: part(100),
    send: () => form.current?.querySelector<HTMLButtonElement>("[data-send]")?.click(),
  });
  return (
    <section className={styles.panel} aria-label={t("title", { asset: listing.base })}>
      <form ref={form} className={styles.form} noValidate onSubmit={(event) => event.preventDefault()}>
        <SegmentedSwitch
          label={t("side")}
          size={36}
          options={[
            { key: "buy", label: t("buy"), tone: "up" },
            { key: "sell", label: t("sell"), tone: "down" },
          ]}
          value={draft.side}
          onValue={(side) => edit({ side })}
        />
        <TypeTabs ticket={ticket} className={styles.types} />
        {ticket.phase !== "open" && <TicketNotice phase={ticket.phase} />}
        <AvailableLine ticket={ticket} />
        {isWaiting(draft.type) && (
          <Later meanwhile={<div className={styles.room} />}>
            <WaitingFields ticket={ticket} complaints={complaints} />
          </Later>
        )}
        {draft.type === "limit" && (
          <>
            <PriceField ticket={ticket} error={complaints.price} />
            <PriceChips ticket={ticket} />
          </>
        )}
        <SizeField ticket={ticket} error={complaints.size ?? complaints.spend} />
        <PercentRow ticket={ticket} />
        <OrderOptions ticket={ticket} complaints={complaints} />
        <hr className={styles.rule} />
        <Estimate ticket={ticket} />
        <SubmitBar ticket={ticket} complaints={complaints} form={form} />
      </form>
      {!isFull(ticket) && <HoldingBlock ticket={ticket} />}
    </section>
  );
}
