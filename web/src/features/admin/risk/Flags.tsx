"use client";

import type { RiskFlag } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "../Admin.module.css";
import { useDeskMarkets } from "../useDesk";
import { useFlags } from "./useRisk";

/** Patterns that accounts have shown, of one account or market or of all. */
export function Flags() {
  const t = useTranslations("admin.risk");
  const [search, change] = useUrlState();
  const sought = { account: search.get("account") ?? "", market: search.get("market") ?? "" };
  const flags = useFlags(sought);
  const items = flags.data?.pages.flatMap((page) => page.items);
  return (
    <section className={styles.section}>
      <h2>{t("flags")}</h2>
      <p className={styles.note}>{t("flagsText")}</p>
      <Sought key={JSON.stringify(sought)} values={sought} busy={flags.isFetching} onSearch={change} />
      {flags.isError && !items ? (
        <ErrorState title={t("flagsFailed")} error={flags.error} onRetry={() => void flags.refetch()} />
      ) : items?.length === 0 ? (
        <Empty title={t("noFlags")} />
      ) : (
        <ul className={styles.past} aria-busy={flags.isFetching}>
          {items?.map((flag) => (
            <Flag key={`${flag.sequence} ${flag.account} ${flag.market} ${flag.pattern}`} flag={flag} />
          )) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {flags.hasNextPage && (
        <Button size={32} busy={flags.isFetchingNextPage} onClick={() => void flags.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </section>
  );
}

function Sought({
  values,
  busy,
  onSearch,
}: {
  values: { account: string; market: string };
  busy: boolean;
  onSearch(values: Record<string, string | null>): void;
}) {
  const t = useTranslations("admin.risk");
  const pairs = useDeskMarkets().data?.map((shown) => shown.market.market) ?? [];
  const [texts, setTexts] = useState(values);
  function send(event: FormEvent) {
    event.preventDefault();
    onSearch({ account: texts.account.trim(), market: texts.market });
  }
  return (
    <form className={styles.filters} role="search" onSubmit={send}>
      <TextField
        label={t("account")}
        dir="ltr"
        autoComplete="off"
        inputMode="numeric"
        value={texts.account}
        onChange={(event) => setTexts({ ...texts, account: event.target.value })}
      />
      <div className={styles.stack}>
        <span>{t("market")}</span>
        <Select
          label={t("market")}
          value={texts.market}
          onValue={(market) => setTexts({ ...texts, market })}
          options={[
            { value: "", label: t("everyMarket") },
            ...(pairs.includes(texts.market) || texts.market === "" ? pairs : [texts.market, ...pairs]).map(
              (value) => ({ value, label: value }),
            ),
          ]}
        />
      </div>
      <Button look="primary" type="submit" busy={busy}>
        {t("search")}
      </Button>
    </form>
  );
}

function Flag({ flag }: { flag: RiskFlag }) {
  const t = useTranslations("admin.risk");
  const format = useFormat();
  const [, change] = useUrlState();
  const quote = flag.market.split("-")[1] ?? "";
  const said = (value: string) =>
    flag.pattern === "notional" ? `${format.decimal(value)} ${quote}` : format.count(BigInt(value));
  return (
    <li>
      <time dateTime={flag.at}>{format.dateTime(flag.at)}</time>
      <Badge tone="warn">{t(`patterns.${flag.pattern}`)}</Badge>
      <div className={styles.what}>
        <p>
          <Button
            look="link"
            onClick={() => change({ tab: "people", sought: flag.account, account: null, market: null }, true)}
          >
            {t("accountNumber", { account: flag.account })}
          </Button>{" "}
          <bdi dir="ltr">{flag.market}</bdi>{" "}
          <span>
            {t(`counted.${flag.pattern}`, { counted: said(flag.counted), bound: said(flag.bound) })}
          </span>{" "}
          {flag.fills !== null && <span className={styles.quiet}>{t("fills", { count: flag.fills })}</span>}
        </p>
      </div>
    </li>
  );
}
