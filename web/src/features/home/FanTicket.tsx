"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/Button";
import { FieldNote } from "@/components/Field";
import { Tabs } from "@/components/Tabs";
import { openFaucet } from "@/features/portfolio/faucetState";
import { Link } from "@/i18n/Link";
import type { Listing } from "@/providers/market/markets";
import { FanAmount, FanResult } from "./FanAmounts";
import { FanFacts } from "./FanFacts";
import styles from "./FanTicket.module.css";
import { RiskLine } from "./RiskLine";
import { type FanTicketState, useFanTicket } from "./useFanTicket";

/**
 * What an amount buys now, fee included; from the same quote as the whole ticket. It sends nothing: the
 * order is reviewed on the trade page, where the amount is waiting.
 */
export function FanTicket({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const field = useId();
  const ticket = useFanTicket(listing);
  const { side, signedIn } = ticket;
  const { problem } = ticket.estimate;
  const words = signedIn
    ? ({ buy: "reviewBuy", sell: "reviewSell" } as const)
    : ({ buy: "signUpToBuy", sell: "signUpToSell" } as const);
  return (
    <section className={styles.ticket} aria-label={t("calculator")}>
      <div className={styles.top}>
        <Tabs
          label={t("side")}
          tone="text"
          size={14}
          value={side}
          onValue={ticket.turnTo}
          tabs={[
            { key: "buy", label: t("buy") },
            { key: "sell", label: t("sell") },
          ]}
        />
        <Link href={listing ? `/trade/${listing.market}` : "/markets"} className={styles.pro}>
          {t("fullTicket")}
        </Link>
      </div>
      <FanAmount ticket={ticket} field={field} />
      <FanResult ticket={ticket} field={field} listing={listing} />
      <FanNote ticket={ticket} field={field} />
      <FanFacts ticket={ticket} listing={listing} />
      <Button
        look="primary"
        size={44}
        wide
        // Who has too little may look at it all the same.
        disabled={!listing || (problem !== null && problem !== "short")}
        onClick={() => void ticket.review()}
      >
        {t(words[side])}
      </Button>
      <RiskLine listing={listing} />
    </section>
  );
}

/** What is wrong with the amount, else how much there is; where that is too little, the way to more. */
function FanNote({ ticket, field }: { ticket: FanTicketState; field: string }) {
  const t = useTranslations("home");
  const common = useTranslations("common");
  const { wrong } = ticket;
  const free = { available: ticket.available ?? "", asset: ticket.paid };
  return (
    <div id={`${field}-note`} className={styles.note}>
      <FieldNote
        error={wrong && t(`problems.${wrong}`, free)}
        hint={ticket.available && t("available", free)}
      />
      {ticket.estimate.problem === "short" && (
        <Button look="link" size={28} onClick={() => openFaucet(ticket.paid)}>
          {common("playMoney")}
        </Button>
      )}
    </div>
  );
}
