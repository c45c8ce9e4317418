"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useCommitCount } from "@/canvas/counts";
import { Sheet } from "@/components/Dialog";
import { SegmentedSwitch } from "@/components/Tabs";
import bookStyles from "../book/Book.module.css";
import { BookMiddle } from "../book/BookMiddle";
import { BookSideGrid } from "../book/BookSideGrid";
import { BookModel } from "../book/model";
import { useOwnInBook } from "../book/ownLevels";
import { TICKET_COLUMNS } from "../book/painter";
import { usePick, useRowWords } from "../book/usePick";
import { useRoom } from "../MarketRoom";
import { AuctionBeside } from "../phase/AuctionBeside";
import { isAuction } from "../phase/phase";
import { TicketNotice } from "../phase/TicketNotice";
import { AvailableLine } from "./AvailableLine";
import { Estimate } from "./Estimate";
import { isWaiting } from "./kinds";
import { Later, LaterWords, OrderPicture, WaitingFields } from "./later";
import { OrderOptions } from "./OrderOptions";
import { PercentRow } from "./PercentRow";
import { PriceChips, PriceField } from "./PriceField";
import { useComplaints } from "./problems";
import { SizeField } from "./SizeField";
import { SubmitBar } from "./SubmitBar";
import styles from "./TicketSheet.module.css";
import { TypeTabs } from "./TypeTabs";
import { useNeedsLater } from "./useNeedsLater";
import { useTicket } from "./useTicket";

/** The whole ticket from the lower edge, five levels of each side beside its fields. */
export function TicketSheet({ open, onClose, title }: { open: boolean; onClose: () => void; title: string }) {
  const t = useTranslations("trade.ticket");
  const { draft } = useRoom();
  const side = useStore(draft, (state) => state.side);
  const needed = useNeedsLater();
  return (
    <Sheet
      open={open}
      onClose={onClose}
      className={styles.sheet}
      title={<span className="quiet">{title}</span>}
      aside={
        <SegmentedSwitch
          label={t("side")}
          size={44}
          className={styles.side}
          options={[
            { key: "buy", label: t("buy"), tone: "up" },
            { key: "sell", label: t("sell"), tone: "down" },
          ]}
          value={side}
          onValue={(chosen) => draft.edit({ side: chosen })}
        />
      }
    >
      {open && (
        <LaterWords needed={needed}>
          <SheetTicket onSent={onClose} />
        </LaterWords>
      )}
    </Sheet>
  );
}

function SheetTicket({ onSent }: { onSent: () => void }) {
  useCommitCount("ticket");
  const ticket = useTicket();
  const complaints = useComplaints()(ticket);
  const form = useRef<HTMLFormElement>(null);
  const { draft } = ticket;
  return (
    <form ref={form} className={styles.form} noValidate onSubmit={(event) => event.preventDefault()}>
      <TypeTabs ticket={ticket} className={styles.types} />
      {ticket.phase !== "open" && <TicketNotice phase={ticket.phase} />}
      <div className={styles.columns}>
        <div className={styles.fields}>
          <AvailableLine ticket={ticket} narrow />
          {isWaiting(draft.type) && (
            <Later meanwhile={<div className={styles.room} />}>
              <WaitingFields ticket={ticket} complaints={complaints} stacked />
            </Later>
          )}
          {draft.type === "limit" && (
            <>
              <PriceField ticket={ticket} error={complaints.price} stacked />
              <PriceChips ticket={ticket} short />
            </>
          )}
          <SizeField ticket={ticket} error={complaints.size ?? complaints.spend} stacked />
          <PercentRow ticket={ticket} typed={false} />
        </div>
        {isAuction(ticket.phase) ? <AuctionBeside /> : <FiveLevels />}
      </div>
      {isWaiting(draft.type) && (
        <Later>
          <OrderPicture of={draft.type} side={draft.side} />
        </Later>
      )}
      <OrderOptions ticket={ticket} complaints={complaints} />
      <hr className={styles.rule} />
      <Estimate ticket={ticket} />
      <SubmitBar ticket={ticket} complaints={complaints} form={form} phone onSent={onSent} />
    </form>
  );
}

/** Five levels of each side around the last price; a tap takes the price over. */
function FiveLevels() {
  const t = useTranslations("trade.book");
  const { listing, feed, texts, book } = useRoom();
  const model = useMemo(() => new BookModel(feed, false), [feed]);
  const known = useStore(feed, (state) => state.book !== null);
  const pick = usePick();
  const words = useRowWords();
  useOwnInBook(model);
  useEffect(() => {
    const follow = () => model.take(book.taken);
    follow();
    return book.listen(follow);
  }, [model, book]);
  return (
    <div className={bookStyles.compact}>
      <div className={bookStyles.columns}>
        <span>{t("priceShort")}</span>
        <span>{t("size", { asset: listing.base })}</span>
      </div>
      {known ? (
        <BookSideGrid
          side="ask"
          model={model}
          texts={texts}
          columns={TICKET_COLUMNS}
          label={t("side.ask")}
          words={words}
          onPick={pick}
        />
      ) : (
        <div />
      )}
      <BookMiddle short />
      {known && (
        <BookSideGrid
          side="bid"
          model={model}
          texts={texts}
          columns={TICKET_COLUMNS}
          label={t("side.bid")}
          words={words}
          onPick={pick}
        />
      )}
    </div>
  );
}
