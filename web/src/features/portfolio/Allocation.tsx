"use client";

import { partPpm } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Unknown } from "@/components/Figures";
import { Skeleton } from "@/components/States";
import type { Holding, Valuation } from "@/features/own/valuation";
import { rounded } from "@/features/own/worth";
import { useReturnTo } from "@/features/shell/returnTo";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/market/markets";
import styles from "./Allocation.module.css";
import { openFaucet } from "./faucetState";

const LISTED = 6;

/** Where the value lies, in a bar that is cut from the covers themselves. */
export function Allocation({
  value,
  visitor,
  openOrders,
}: {
  value: Valuation | null;
  visitor: boolean;
  openOrders: number | null;
}) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const returnTo = useReturnTo();
  const cash = value?.holdings.find((holding) => holding.asset.asset === VALUE_ASSET);
  const money = (units: bigint | undefined) =>
    value === null ? (
      <Skeleton width={6} line={13} />
    ) : (
      <span className="figure">{format.units(rounded(units ?? 0n, value.decimals), 2)}</span>
    );
  return (
    <section className={styles.allocation} aria-labelledby="allocation">
      <header className={styles.head}>
        <h2 id="allocation">{t("allocation")}</h2>
        <span>{value && t("assets", { count: value.holdings.length })}</span>
      </header>
      <div className={styles.bar} aria-hidden>
        {value?.holdings
          .filter((holding) => holding.value !== null)
          .map((holding) => (
            <Part key={holding.asset.asset} holding={holding} share={partPpm(holding.value, value.total)} />
          ))}
      </div>
      <ul className={styles.list}>
        {value?.holdings.slice(0, LISTED).map((holding) => (
          <li key={holding.asset.asset}>
            <Cover
              id={holding.asset.asset}
              name={holding.asset.name}
              src={holding.asset.cover}
              size={20}
              full
            />
            <bdi className="clip">{holding.asset.name}</bdi>
            <span className={classes("figure", styles.amount)}>
              {holding.value === null ? <Unknown /> : format.units(rounded(holding.value, value.decimals), 2)}
            </span>
            <span className={classes("figure", styles.share)}>
              {format.percent(partPpm(holding.value, value.total), false)}
            </span>
          </li>
        ))}
      </ul>
      <dl className={styles.cash}>
        <div>
          <dt>{t("available", { asset: VALUE_ASSET })}</dt>
          <dd>{money(cash?.available)}</dd>
        </div>
        <div>
          <dt>{visitor || openOrders === null ? t("lockedPlain") : t("locked", { count: openOrders })}</dt>
          <dd>{money(cash?.locked)}</dd>
        </div>
      </dl>
      <div className={styles.actions}>
        {visitor ? (
          <ButtonLink href={`/sign-up${returnTo}`} look="primary" size={44} wide>
            {t("visitor.signUp")}
          </ButtonLink>
        ) : (
          <Button look="primary" size={44} wide onClick={openFaucet}>
            {t("getPlayMoney")}
          </Button>
        )}
        <ButtonLink href="/markets" size={44} wide>
          {t("discover")}
        </ButtonLink>
      </div>
    </section>
  );
}

function Part({ holding, share }: { holding: Holding; share: bigint | null }) {
  const part = useRef<HTMLSpanElement>(null);
  useEffect(() => part.current?.style.setProperty("flex-grow", String(share ?? 0n)), [share]);
  return (
    <span ref={part} className={styles.part}>
      {holding.asset.cover ? <img src={holding.asset.cover} alt="" /> : null}
    </span>
  );
}
