"use client";

import { useTranslations } from "next-intl";
import { FieldNote } from "@/components/Field";
import type { Complaints } from "../problems";
import type { Ticket } from "../useTicket";
import styles from "./Late.module.css";
import { OrderPicture } from "./OrderPicture";
import { PriceInput } from "./PriceInput";

/** The take-profit and the stop that a limit buy brings with it. */
export function ExitFields({ ticket, complaints }: { ticket: Ticket; complaints: Complaints }) {
  const t = useTranslations("ordering");
  const { price, profit, stop } = ticket.reading;
  const entry = price.value;
  const low = entry !== undefined && profit.value !== undefined && profit.value <= entry;
  const high = entry !== undefined && stop.value !== undefined && stop.value >= entry;
  return (
    <div className={styles.fields}>
      <OrderPicture of="bracket" side="buy" />
      <PriceInput ticket={ticket} name="profit" label={t("field.profit")} error={complaints.profit} />
      {low && <FieldNote hint={t("note.profitLow")} />}
      <PriceInput ticket={ticket} name="stop" label={t("field.exitStop")} error={complaints.stop} />
      {high && <FieldNote hint={t("note.stopHigh")} />}
    </div>
  );
}
