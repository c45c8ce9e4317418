"use client";

import { ApiError, type CostMethod } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { ErrorState, Skeleton } from "@/components/States";
import { saveBlob, saveText } from "@/components/saveText";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useErrorWords } from "@/providers/errorWords";
import { serverNow } from "@/providers/exchange";
import { COST_METHODS, useCostMethod } from "@/providers/kept/costMethod";
import { exchangeOf, useSession } from "@/providers/session";
import { useStreamStatus } from "@/providers/streamStatus";
import { useUrlState } from "@/providers/urlState";
import { periodsSince, type StatementPeriod } from "./periods";
import styles from "./Statement.module.css";
import { StatementTables } from "./StatementTables";

/** What became of the account over a month, quarter or year, to print and to compute with. */
export default function StatementPanel({ since }: { since: string | null }) {
  const words = useLateWords("books");
  if (words === null) return <div aria-busy />;
  return (
    <Words messages={words}>
      <Panel since={since} />
    </Words>
  );
}

function Panel({ since }: { since: string | null }) {
  const t = useTranslations("books.statement");
  const [search, change] = useUrlState();
  const cost = useCostMethod((state) => state.cost);
  const account = useSession((state) => state.account);
  // Looked at again when the clock is known to be wrong.
  useStreamStatus();
  const now = serverNow();
  const periods = periodsSince(since ? Date.parse(since) : now, now);
  const period = periods.find(({ name }) => name === search.get("period_of")) ?? periods[0];
  const name = period?.name ?? "";
  const statement = useQuery({
    queryKey: ["own", "statement", account, name, cost],
    enabled: account !== null,
    queryFn: ({ signal }) => exchangeOf(account).statement(name, cost, { signal }),
  });
  const again = () => void statement.refetch();
  return (
    <section className={styles.panel} aria-busy={statement.isPending} aria-label={t("title")}>
      <div className={styles.bar}>
        <PeriodSelect
          periods={periods}
          value={name}
          onValue={(next) => change({ period_of: next === periods[0]?.name ? null : next })}
        />
        <MethodSelect />
        {statement.data?.so_far && <Badge tone="warn">{t("soFar")}</Badge>}
        <Files period={name} cost={cost} ready={statement.data !== undefined} />
      </div>
      {statement.error && !statement.data ? (
        <ErrorState
          title={isUntied(statement.error) ? t("untied") : t("failed")}
          error={statement.error}
          onRetry={again}
        />
      ) : statement.data ? (
        <StatementTables statement={statement.data} />
      ) : (
        <Skeleton width={24} line={40} />
      )}
    </section>
  );
}

function PeriodSelect({
  periods,
  value,
  onValue,
}: {
  periods: readonly StatementPeriod[];
  value: string;
  onValue(name: string): void;
}) {
  const t = useTranslations("books.statement");
  const locale = useLocale();
  const month = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  const nameOf = ({ kind, year, number }: StatementPeriod) => {
    if (kind === "month") return month.format(Date.UTC(year, number - 1, 1));
    return kind === "quarter" ? t("quarter", { number, year: String(year) }) : String(year);
  };
  return (
    <Select
      label={t("period")}
      look="small"
      value={value}
      onValue={onValue}
      options={periods.map((one) => ({
        value: one.name,
        label: one.soFar ? t("named", { period: nameOf(one) }) : nameOf(one),
      }))}
    />
  );
}

function MethodSelect() {
  const t = useTranslations("portfolio");
  const { cost, choose } = useCostMethod();
  return (
    <Select<CostMethod>
      label={t("costMethod")}
      look="small"
      value={cost}
      onValue={choose}
      options={COST_METHODS.map((value) => ({ value, label: t(`methods.${value}`) }))}
    />
  );
}

function Files({ period, cost, ready }: { period: string; cost: CostMethod; ready: boolean }) {
  const words = useErrorWords();
  const account = useSession((state) => state.account);
  const [busy, setBusy] = useState<"csv" | "pdf" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const take = async (form: "csv" | "pdf") => {
    setBusy(form);
    setError(null);
    const [name, exchange] = [`statement-${period}.${form}`, exchangeOf(account)];
    try {
      if (form === "csv") saveText(name, "text/csv", await exchange.statementFile(period, cost, form));
      else saveBlob(name, await exchange.statementFile(period, cost, form));
    } catch (failed) {
      setError(failed);
    }
    setBusy(null);
  };
  return (
    <span className={styles.files}>
      <FieldNote id="statement-note" error={error ? words(error).happened : undefined} />
      {(["csv", "pdf"] as const).map((form) => (
        <Button key={form} size={32} disabled={!ready} busy={busy === form} onClick={() => void take(form)}>
          <Icon of={Download} size={14} />
          {form.toUpperCase()}
        </Button>
      ))}
    </span>
  );
}

function isUntied(error: unknown): boolean {
  return error instanceof ApiError && error.code === "statement_untied";
}
