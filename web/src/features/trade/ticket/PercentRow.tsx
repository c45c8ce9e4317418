"use client";

import { formatInput, formatPercent, parseInput } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Slider } from "@/components/Slider";
import { useFormat } from "@/providers/format";
import { isBySpend } from "./kinds";
import styles from "./Ticket.module.css";
import type { Ticket } from "./useTicket";

/** The share of the free balance: by slider, by stops or typed. Rounded down to the lot, with room for the fee. */
export function PercentRow({ ticket, typed = true }: { ticket: Ticket; typed?: boolean }) {
  const t = useTranslations("trade.ticket");
  const { numberLocale } = useFormat();
  const { available, percent, choosePercent, draft } = ticket;
  const side = draft.side === "buy" ? available?.quote : available?.base;
  const disabled = !side || isPriceless(ticket);
  const shown = percent ?? 0;
  return (
    <div className={styles.percent}>
      <Slider
        label={t("percentOf")}
        value={Math.floor(shown)}
        onValue={choosePercent}
        disabled={disabled}
        describe={(value) => formatPercent(BigInt(Math.round(value * 10_000)), numberLocale, { sign: false })}
        className={styles.slider}
      />
      {typed && <PercentField value={percent} disabled={disabled} onValue={choosePercent} />}
    </div>
  );
}

/** Whether a share of the money buys an amount that is not known yet, for want of a price. */
function isPriceless({ draft, reading }: Ticket): boolean {
  if (draft.side === "sell" || draft.type === "market" || isBySpend(draft)) return false;
  const priced = reading.list?.kind === "oco" ? reading.list.orders : [reading.order];
  return priced.some(({ price }) => price === undefined);
}

/** The typed share; what is typed counts when it is a number from 0 to 100. */
function PercentField({
  value,
  disabled,
  onValue,
}: {
  value: number | null;
  disabled: boolean;
  onValue: (percent: number) => void;
}) {
  const t = useTranslations("trade.ticket");
  const { numberLocale } = useFormat();
  const [text, setText] = useState<string | null>(null);
  const shown = value === null ? "" : formatInput(BigInt(Math.floor(value)), 0, numberLocale);
  const commit = () => {
    const parsed = parseInput(text ?? "", numberLocale, 2);
    if (parsed.ok && parsed.units <= 10_000n) onValue(Number(parsed.units) / 100);
    setText(null);
  };
  return (
    <label className={styles.percentField}>
      <span className="quiet">{t("percentTyped")}</span>
      <input
        inputMode="decimal"
        autoComplete="off"
        dir="ltr"
        className="figure"
        disabled={disabled}
        placeholder="—"
        value={text ?? shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text !== null && commit()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          commit();
        }}
      />
      <span aria-hidden>%</span>
    </label>
  );
}
