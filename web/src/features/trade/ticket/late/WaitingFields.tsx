"use client";

import { firesAtOrBelow, formatNumber, isTrigger, MINUS } from "@cse/client";
import { useTranslations } from "next-intl";
import { Chip } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { NumberField } from "@/components/Field";
import { useFormat } from "@/providers/format";
import { useRoom } from "../../MarketRoom";
import { hasLimit, needsWorst, type WaitingKind } from "../kinds";
import type { Complaints } from "../problems";
import type { Ticket } from "../useTicket";
import styles from "./Late.module.css";
import { OrderPicture } from "./OrderPicture";
import { PriceInput } from "./PriceInput";

interface FieldsProps {
  ticket: Ticket;
  complaints: Complaints;
  stacked?: boolean | undefined;
}

/** What an order that waits has beyond its size: its picture, where it fires, and its limit. */
export function WaitingFields({ ticket, complaints, stacked }: FieldsProps) {
  const t = useTranslations("ordering");
  const { draft } = ticket;
  const { side, type } = draft;
  const limit = hasLimit(type) && (
    <PriceInput
      ticket={ticket}
      name="price"
      label={t("field.limit")}
      error={complaints.price}
      stacked={stacked}
    />
  );
  return (
    <div className={styles.fields}>
      {!stacked && <OrderPicture of={type as WaitingKind} side={side} />}
      {type === "oco" && limit}
      {type === "trailing_stop" ? (
        <TrailField ticket={ticket} complaints={complaints} stacked={stacked} />
      ) : (
        <>
          <PriceInput
            ticket={ticket}
            name="stop"
            label={t(type === "oco" ? "field.exitStop" : "field.stop")}
            error={complaints.stop}
            stacked={stacked}
          />
          {!stacked && type !== "oco" && <StopChips ticket={ticket} />}
        </>
      )}
      {type !== "oco" && limit}
      {needsWorst(draft) && (
        <PriceInput
          ticket={ticket}
          name="worst"
          label={<span title={t("note.worst")}>{t("field.worstBuy")}</span>}
          error={complaints.worst}
          stacked={stacked}
        />
      )}
    </div>
  );
}

const PERCENTS = [1n, 2n, 5n, 10n] as const;

/** Stops so many percent away from the last price, on the side on which they wait. */
function StopChips({ ticket }: { ticket: Ticket }) {
  const { listing } = useRoom();
  const { numberLocale } = useFormat();
  const { last, reading, edit, write } = ticket;
  const { order } = reading;
  if (last === null || !isTrigger(order.type)) return null;
  const below = firesAtOrBelow(order);
  return (
    <div className={styles.chips}>
      {PERCENTS.map((percent) => {
        const away = (last * percent) / 100n;
        const exact = below ? last - away : last + away;
        const ticks = exact - (exact % listing.priceIncrement);
        return (
          <Chip
            key={`${percent}`}
            disabled={ticks < 1n}
            pressed={ticks === order.stopPrice}
            onClick={() => edit({ stop: write("stop", ticks) })}
          >
            {`${below ? MINUS : "+"}${formatNumber(percent, 0, numberLocale)} %`}
          </Chip>
        );
      })}
    </div>
  );
}

/** How far behind a trailing stop follows: in percent of the price, or as a difference of prices. */
function TrailField({ ticket, complaints, stacked }: FieldsProps) {
  const t = useTranslations("ordering.field");
  const { listing } = useRoom();
  const { numberLocale } = useFormat();
  const { draft, edit } = ticket;
  return (
    <>
      <NumberField
        label={t("distance")}
        name="trail"
        unit={
          <Select
            label={t("distanceIn")}
            look="bare"
            value={draft.trailBy}
            onValue={(trailBy) => edit({ trailBy, trail: "" })}
            options={[
              { value: "percent", label: "%" },
              { value: "amount", label: listing.quote },
            ]}
          />
        }
        value={draft.trail}
        onValue={(trail) => edit({ trail })}
        error={complaints.trail}
        layout={stacked ? "stacked" : "row"}
      />
      {draft.trailBy === "percent" && !stacked && (
        <div className={styles.chips}>
          {PERCENTS.map((percent) => (
            <Chip
              key={`${percent}`}
              pressed={draft.trail === `${percent}`}
              onClick={() => edit({ trail: `${percent}` })}
            >
              {`${formatNumber(percent, 0, numberLocale)} %`}
            </Chip>
          ))}
        </div>
      )}
    </>
  );
}
