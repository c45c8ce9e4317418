"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Sheet } from "@/components/Dialog";
import type { Listing } from "@/providers/market/markets";
import { FanTicket } from "./FanTicket";
import styles from "./Home.module.css";
import { RiskLine } from "./RiskLine";

/** On a phone the ticket comes up from below; two buttons stand for it. */
export function PhoneActions({ listing }: { listing: Listing | null }) {
  const t = useTranslations("home");
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.actions}>
      <div>
        <Button look="primary" size={44} wide disabled={!listing} onClick={() => setOpen(true)}>
          {listing ? t("buySymbol", { symbol: listing.base }) : t("buy")}
        </Button>
        <ButtonLink href={listing ? `/trade/${listing.market}` : "/markets"} size={44} wide>
          {t("seeMarket")}
        </ButtonLink>
      </div>
      <RiskLine listing={listing} />
      <Sheet open={open} onClose={() => setOpen(false)} title={<bdi>{listing?.name}</bdi>}>
        <FanTicket listing={listing} />
      </Sheet>
    </div>
  );
}
