"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Unknown } from "@/components/Figures";
import { heldOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { useSession } from "@/providers/session";
import { useRoom } from "../MarketRoom";
import { HoldingLines, Later } from "./later";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/** What is held of the base asset, and how much of it one's own orders lock. */
export function HoldingBlock({ ticket }: { ticket: Ticket }) {
  const t = useTranslations("trade.holding");
  const { listing, texts } = useRoom();
  const user = useSession((session) => session.state === "user");
  const balances = useOwn((state) => state.balances);
  const held = heldOf(balances, listing);
  const sellAll = () => {
    ticket.edit({ side: "sell" });
    ticket.choosePercent(100);
  };
  return (
    <section className={styles.holding} aria-label={t("title", { asset: listing.base })}>
      <header>
        <h2>{t("title", { asset: listing.base })}</h2>
        {user && held !== null && held.held - held.locked > 0n && (
          <Button look="link" size={28} onClick={sellAll}>
            {t("sellAll")}
          </Button>
        )}
      </header>
      <dl className={styles.lines}>
        <div className={styles.line}>
          <dt>{t("held")}</dt>
          <dd>
            {held === null ? (
              <Unknown />
            ) : (
              <>
                <span className="figure">{texts.base(held.held)}</span>
                {held.locked > 0n && (
                  <span className={styles.quietUnit}>
                    {t("inOrders", { amount: texts.base(held.locked) })}
                  </span>
                )}
              </>
            )}
          </dd>
        </div>
        {held !== null && held.held > 0n && (
          <Later>
            <HoldingLines held={held.held} />
          </Later>
        )}
      </dl>
    </section>
  );
}
