"use client";

import { useTranslations } from "next-intl";
import { Chip } from "@/components/Chip";
import { NumberField } from "@/components/Field";
import { useRoom } from "../MarketRoom";
import { isAuction } from "../phase/phase";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/** The limit: typed, stepped by ticks, or taken over from the book. */
export function PriceField({
  ticket,
  error,
  stacked,
}: {
  ticket: Ticket;
  error: string | null;
  stacked?: boolean;
}) {
  const t = useTranslations("trade.ticket");
  const { listing } = useRoom();
  return (
    <NumberField
      label={t("price")}
      name="price"
      unit={listing.quote}
      value={ticket.draft.price}
      onValue={(price) => ticket.edit({ price })}
      onStep={(direction, factor) => ticket.step("price", direction, factor)}
      stepLabels={{ less: t("priceDown"), more: t("priceUp") }}
      error={error}
      layout={stacked ? "stacked" : "row"}
    />
  );
}

/**
 * Best bid, middle and best ask; in an auction the price indicated and the last one. One that is missing
 * says so and cannot be pressed.
 */
export function PriceChips({ ticket, short }: { ticket: Ticket; short?: boolean }) {
  const t = useTranslations("trade.ticket");
  const { texts } = useRoom();
  const { bestBid, bestAsk, twiceMiddle, indicative, last, phase, reading } = ticket;
  const chips = isAuction(phase)
    ? ([
        { key: "indicative", ticks: indicative },
        { key: "last", ticks: last },
      ] as const)
    : ([
        { key: "bid", ticks: bestBid },
        { key: "mid", ticks: twiceMiddle === null ? null : twiceMiddle / 2n },
        { key: "ask", ticks: bestAsk },
      ] as const);
  return (
    <div className={short ? styles.chipsWide : styles.chips} role="group" aria-label={t("takePrice")}>
      {chips.map(({ key, ticks }) => (
        <Chip
          key={key}
          disabled={ticks === null}
          pressed={ticks !== null && ticks === reading.order.price}
          title={ticks === null ? t(`missing.${key}`) : undefined}
          {...(!short && { value: ticks === null ? "—" : texts.price(ticks) })}
          onClick={() => ticks !== null && ticket.edit({ price: ticket.write("price", ticks) })}
        >
          {t(key)}
        </Chip>
      ))}
    </div>
  );
}
