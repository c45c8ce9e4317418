"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/Choice";
import { NumberField } from "@/components/Field";
import { useRoom } from "../MarketRoom";
import { isBySpend, maySpend } from "./kinds";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/** How much: in the base asset, or for a market order also as what is spent or received. */
export function SizeField({
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
  const { draft, edit } = ticket;
  const bySpend = isBySpend(draft);
  const unit = !maySpend(draft) ? (
    listing.base
  ) : (
    <Select
      label={t("by")}
      look="bare"
      className={styles.unit}
      value={draft.by}
      onValue={(by) => edit({ by })}
      options={[
        { value: "quantity", label: listing.base },
        { value: "spend", label: listing.quote },
      ]}
    />
  );
  const layout = stacked ? "stacked" : "row";
  if (bySpend) {
    return (
      <NumberField
        label={t(draft.side === "buy" ? "spend" : "receive")}
        name="spend"
        unit={unit}
        value={draft.spend}
        onValue={(spend) => edit({ spend })}
        error={error}
        layout={layout}
      />
    );
  }
  return (
    <NumberField
      label={t("size")}
      name="size"
      unit={unit}
      value={draft.size}
      onValue={(size) => edit({ size })}
      onStep={(direction, factor) => ticket.step("size", direction, factor)}
      stepLabels={{ less: t("sizeDown"), more: t("sizeUp") }}
      error={error}
      layout={layout}
    />
  );
}
