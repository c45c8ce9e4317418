"use client";

import { type AmendableField, type AmendQuote, lotsToQuantity, type Market, type Order } from "@cse/client";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useContext, useState } from "react";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/market/markets";
import styles from "./Amend.module.css";
import { amendableOf } from "./amendable";
import { amendTexts, readAmendment, steppedText } from "./amendDraft";
import { AmendScenes } from "./amendScene";
import { useOwnFigures } from "./figures";
import type { OrderRow } from "./orderRows";
import { amendEstimate, useAmend } from "./useAmend";

interface AmendProps {
  row: OrderRow;
  /** One field above the other, for a phone. */
  card: boolean;
  onDone: () => void;
}

/** Price and size of an open order, typed over in its place; Enter sends, Escape leaves it as it is. */
export default function AmendForm(props: AmendProps) {
  const words = useLateWords("ordering");
  const { data: listings } = useListings();
  const market = listings?.byMarket.get(props.row.market);
  const { order } = props.row.tracked;
  if (!words || !market || !order) return null;
  return (
    <Words messages={words}>
      <Form {...props} order={order} market={market} />
    </Words>
  );
}

function Form({ row, card, onDone, order, market }: AmendProps & { order: Order; market: Market }) {
  const t = useTranslations("ordering.amend");
  const { numberLocale } = useFormat();
  const amend = useAmend();
  const scene = useContext(AmendScenes)(row.market);
  const [fields] = useState(() => amendableOf(row.tracked));
  const [texts, setTexts] = useState(() => amendTexts(order, market, numberLocale));
  const [busy, setBusy] = useState(false);
  const { change, wrong } = readAmendment(texts, fields, market, numberLocale);
  const quote =
    wrong === null
      ? amendEstimate(row.tracked, change, { market, book: scene?.book ?? null, last: scene?.last ?? null })
      : null;
  const fault = useFault()(wrong, quote);
  const send = async () => {
    if (busy || fault !== null || !quote?.changes) return;
    setBusy(true);
    const { kind } = await amend(row.tracked, change, market);
    setBusy(false);
    if (kind === "amended" || kind === "already_closed") onDone();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    event.preventDefault();
    onDone();
  };
  return (
    <form
      className={classes(styles.form, card && styles.card)}
      aria-label={t("title")}
      noValidate
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {fields.map((field, at) => (
        <AmendField
          key={field}
          field={field}
          text={texts[field]}
          wrong={wrong === field}
          first={at === 0}
          onText={(text) => setTexts({ ...texts, [field]: text })}
          onStep={(by) =>
            setTexts({ ...texts, [field]: steppedText(texts[field], field, by, market, numberLocale) })
          }
        />
      ))}
      <p className={classes(styles.note, fault !== null && styles.fault)} role="status">
        {fault ?? <Place quote={quote} market={market} />}
      </p>
      <Button size={28} onClick={onDone}>
        {t("leave")}
      </Button>
      <Button type="submit" look="primary" size={28} busy={busy} disabled={fault !== null || !quote?.changes}>
        {t("send")}
      </Button>
    </form>
  );
}

function AmendField({
  field,
  text,
  wrong,
  first,
  onText,
  onStep,
}: {
  field: AmendableField;
  text: string;
  wrong: boolean;
  first: boolean;
  onText: (text: string) => void;
  onStep: (by: number) => void;
}) {
  const t = useTranslations("ordering.amend");
  return (
    <label className={styles.field}>
      <span>{t(`field.${field}`)}</span>
      <input
        // biome-ignore lint/a11y/noAutofocus: the pencil was pressed to type here
        autoFocus={first}
        name={field}
        inputMode="decimal"
        autoComplete="off"
        dir="ltr"
        className="figure"
        value={text}
        aria-invalid={wrong || undefined}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          const way = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
          if (way === 0) return;
          event.preventDefault();
          onStep(way * (event.altKey ? 100 : event.shiftKey ? 10 : 1));
        }}
      />
    </label>
  );
}

/** Whether it would keep its place, and what of it would trade at once. */
function Place({ quote, market }: { quote: AmendQuote | null; market: Market }) {
  const t = useTranslations("ordering.amend");
  const { quantity } = useOwnFigures();
  if (!quote?.changes) return t("nothing");
  const place = t(quote.keepsPlace === null ? "waits" : quote.keepsPlace ? "keeps" : "loses");
  if (quote.keepsPlace !== false || quote.estimate.filled === 0n) return place;
  const size = quantity(market.market, lotsToQuantity(quote.estimate.filled, market));
  return `${place} ${t("fills", { size })}`;
}

function useFault(): (wrong: AmendableField | null, quote: AmendQuote | null) => string | null {
  const t = useTranslations("ordering.amend");
  const codes = useTranslations("errors");
  return (wrong, quote) => {
    if (wrong !== null) return t(wrong === "quantity" ? "wrongSize" : "wrongPrice");
    const code = quote?.problems.find((problem) => problem.severity === "error")?.code;
    if (code === undefined) return null;
    const known = `codes.${code}` as Parameters<typeof codes.has>[0];
    return codes.has(known) ? codes(known as "codes.would_trigger") : t("wrongPrice");
  };
}
