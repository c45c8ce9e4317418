"use client";

import { pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox, Select } from "@/components/Choice";
import { FieldNote, NumberField } from "@/components/Field";
import { showToast } from "@/components/Toast";
import { useAct } from "@/features/acting/useAct";
import { useFormat } from "@/providers/format";
import type { Listing, Listings } from "@/providers/market/markets";
import { useTicker, useTickers } from "@/providers/market/tickers";
import styles from "./Alerts.module.css";
import { usePriceAlertChanges } from "./usePriceAlerts";
import { steppedWish, type Wish, wishOf } from "./wish";

/** Chooses a market and a price; whether it is waited for from below or above follows from the last price. */
export function AlertForm({
  listings,
  first,
  typed: typedFirst = "",
  onSet,
}: {
  listings: Listings;
  first: Listing;
  /** The price that is written at first. */
  typed?: string;
  onSet?: () => void;
}) {
  const t = useTranslations("alerts");
  const format = useFormat();
  const { set } = usePriceAlertChanges();
  const { busy, error, act } = useAct(useCodeWords());
  const [market, setMarket] = useState(first.market);
  const [typed, setTyped] = useState(typedFirst);
  const [byMail, setByMail] = useState(true);
  useTickers();
  const listing = listings.byMarket.get(market) ?? first;
  const ticker = useTicker(market);
  const last = ticker?.last_price ?? null;
  // Until it is known whether there was a trade, no price is above or below it.
  const wish: Wish = ticker ? wishOf(typed, format.numberLocale, listing, last) : { kind: "empty" };

  function send(event: FormEvent) {
    event.preventDefault();
    if (wish.kind !== "ready" || busy) return;
    act(async () => {
      const made = await set({ market, price: wish.price, direction: wish.direction, by_mail: byMail });
      setTyped("");
      const body = t(made.direction === "at_or_above" ? "above" : "below", {
        price: format.price(made.price, listing),
      });
      showToast({ key: `alert ${made.id}`, tone: "good", title: t("setDone"), body });
      onSet?.();
    });
  }

  return (
    <form className={styles.form} onSubmit={send} noValidate>
      <div className={styles.fields}>
        <Select
          label={t("market")}
          value={market}
          onValue={(next) => {
            setMarket(next);
            setTyped("");
          }}
          options={listings.all.map((one) => ({
            value: one.market,
            label: `${pairOf(one.market)} · ${one.name}`,
          }))}
        />
        <NumberField
          label={t("price")}
          unit={listing.quote}
          value={typed}
          maxLength={40}
          onValue={setTyped}
          onStep={(direction, factor) =>
            setTyped(steppedWish(typed, format.numberLocale, listing, last, direction * factor))
          }
          stepLabels={{ less: t("priceDown"), more: t("priceUp") }}
          error={useRefusal(wish, listing)}
        />
      </div>
      <p className={styles.told} role="status">
        {wish.kind === "ready"
          ? t(wish.first ? "first" : wish.direction === "at_or_above" ? "rises" : "falls", {
              base: listing.base,
              price: format.price(wish.price, listing),
            })
          : t("last", { price: format.price(last, listing) })}
      </p>
      <div className={styles.foot}>
        <Checkbox checked={byMail} onValue={setByMail}>
          {t("mail")}
        </Checkbox>
        <Button look="primary" type="submit" busy={busy} disabled={wish.kind !== "ready"}>
          {t("set")}
        </Button>
      </div>
      {error && <FieldNote error={error} />}
    </form>
  );
}

/** Why a typed price cannot be waited for. */
function useRefusal(wish: Wish, listing: Listing): string | undefined {
  const t = useTranslations("alerts");
  const format = useFormat();
  if (wish.kind === "ambiguous") {
    return t("ambiguous", { first: format.decimal(wish.first), second: format.decimal(wish.second) });
  }
  if (wish.kind !== "refused") return undefined;
  return t(wish.reason, { tick: format.units(listing.tickSize, listing.tickDecimals) });
}

/** What codes of the exchange mean here. */
export function useCodeWords(): Readonly<Record<string, string>> {
  const t = useTranslations("alerts.codes");
  return {
    price_reached: t("price_reached"),
    price_alert_limit: t("price_alert_limit"),
    price_alert_unknown: t("price_alert_unknown"),
  };
}
