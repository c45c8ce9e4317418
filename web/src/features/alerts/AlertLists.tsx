"use client";

import { type PriceAlertView, pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { FieldNote } from "@/components/Field";
import { Empty } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import list from "@/features/settings/List.module.css";
import { ListRow } from "@/features/settings/ListRow";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import type { Listings } from "@/providers/market/markets";
import { useCodeWords } from "./AlertForm";
import styles from "./Alerts.module.css";
import { usePriceAlertChanges } from "./usePriceAlerts";

/** The alerts that wait, and those that were reached. */
export function AlertLists({ alerts, listings }: { alerts: readonly PriceAlertView[]; listings: Listings }) {
  const t = useTranslations("alerts");
  if (alerts.length === 0) return <Empty title={t("none")}>{t("noneText")}</Empty>;
  const parts = [
    { title: t("waiting"), rows: alerts.filter((one) => one.reached_at === null) },
    { title: t("reachedList"), rows: alerts.filter((one) => one.reached_at !== null) },
  ];
  return parts
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => (
      <section key={title} className={styles.section}>
        <h2>{title}</h2>
        <ul className={list.list}>
          {rows.map((one) => (
            <AlertRow key={one.id} one={one} listings={listings} />
          ))}
        </ul>
      </section>
    ));
}

function AlertRow({ one, listings }: { one: PriceAlertView; listings: Listings }) {
  const t = useTranslations("alerts");
  const format = useFormat();
  const { remove } = usePriceAlertChanges();
  const { busy, error, act } = useAct(useCodeWords());
  const listing = listings.byMarket.get(one.market);
  const price = listing ? format.price(one.price, listing) : format.decimal(one.price);
  const pair = pairOf(one.market);
  return (
    <ListRow
      title={
        <>
          <Link href={`/trade/${one.market}`} className={styles.pair}>
            <bdi>{pair}</bdi>
          </Link>
          <span className="figure">{t(one.direction === "at_or_above" ? "above" : "below", { price })}</span>
        </>
      }
      oneLine
      beside={
        <Button
          size={32}
          look="quiet"
          busy={busy}
          aria-label={t("removeOf", { market: pair, price })}
          onClick={() => act(() => remove(one.id))}
        >
          {t("remove")}
        </Button>
      }
    >
      <span>
        {one.reached_at === null
          ? t("since", { at: format.dateTime(one.created_at) })
          : t("reachedAt", { at: format.dateTime(one.reached_at) })}
        {" · "}
        {t(one.by_mail ? "byMail" : "inApp")}
      </span>
      {error && <FieldNote error={error} />}
    </ListRow>
  );
}
