"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Unknown } from "@/components/Figures";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useSession } from "@/providers/session";
import { useRoom } from "../MarketRoom";
import { AccountMark } from "./AccountMark";
import styles from "./Ticket.module.css";
import { lacksMoney, type Ticket } from "./useTicket";

/** What is free for this side, and the way to more of it. */
export function AvailableLine({ ticket, narrow }: { ticket: Ticket; narrow?: boolean }) {
  const t = useTranslations("trade.ticket");
  const { listing, texts } = useRoom();
  const user = useSession((session) => session.state === "user");
  const { available, draft } = ticket;
  const buy = draft.side === "buy";
  const asset = buy ? listing.quote : listing.base;
  return (
    <p className={styles.available}>
      <span className={styles.availableWhere}>
        {t("available")}
        <AccountMark />
      </span>
      <span className={styles.availableEnd}>
        {available ? (
          <span className="figure">{buy ? texts.quote(available.quote) : texts.base(available.base)}</span>
        ) : (
          <Unknown />
        )}
        <span className={styles.quietUnit}>{asset}</span>
        {user && !narrow && !lacksMoney(ticket) && (
          <Button look="link" size={28} className={styles.more} onClick={() => openFaucet(asset)}>
            {t("getMore")}
          </Button>
        )}
      </span>
    </p>
  );
}
