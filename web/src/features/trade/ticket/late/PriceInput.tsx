"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { NumberField } from "@/components/Field";
import { useRoom } from "../../MarketRoom";
import type { StepField, Ticket } from "../useTicket";

/** A field of a price, or of a part of the size, that is typed or stepped. */
export function PriceInput({
  ticket,
  name,
  label,
  error,
  stacked,
  optional,
}: {
  ticket: Ticket;
  name: Exclude<StepField, "size">;
  label: ReactNode;
  error: string | null;
  stacked?: boolean | undefined;
  optional?: boolean;
}) {
  const t = useTranslations("ordering.field");
  const { listing } = useRoom();
  const lots = name === "shown";
  return (
    <NumberField
      label={label}
      name={name}
      unit={lots ? listing.base : listing.quote}
      placeholder={optional ? t("optional") : undefined}
      value={ticket.draft[name]}
      onValue={(text) => ticket.edit({ [name]: text })}
      onStep={(direction, factor) => ticket.step(name, direction, factor)}
      stepLabels={lots ? { less: t("lotDown"), more: t("lotUp") } : { less: t("down"), more: t("up") }}
      error={error}
      layout={stacked ? "stacked" : "row"}
    />
  );
}
