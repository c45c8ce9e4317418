"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { classes } from "@/components/classes";
import { Empty, ErrorState, StaleBanner } from "@/components/States";
import { useFormat } from "@/providers/format";
import { usePreferences } from "@/providers/kept/preferences";
import { useStaleSeconds } from "@/providers/stale";
import { useUrlState } from "@/providers/urlState";
import { Figures } from "./Figures";
import { Filters } from "./Filters";
import styles from "./Markets.module.css";
import { MarketTable } from "./MarketTable";
import { type MarketList, useMarketList } from "./useMarketList";
import { type SortKey, sortText, type View, viewOf } from "./view";

/** Changes the address; `push` for what Back should undo. */
export type ChangeView = ReturnType<typeof useUrlState>[1];

/** Every market with what can be said of it truly; only the rows in sight are kept up. */
export function Markets() {
  const t = useTranslations("markets");
  const [search, change] = useUrlState();
  const view = viewOf(search);
  const list = useMarketList(view);
  const staleSeconds = useStaleSeconds();
  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h1>{t("title")}</h1>
        {list.all?.some((listing) => listing.demo) && <Badge tone="outline">{t("demo")}</Badge>}
        <Figures listings={list.all ?? null} quote={list.quote} failed={list.error !== null} />
      </header>
      <Filters view={view} list={list} change={change} />
      {staleSeconds !== null && (
        <StaleBanner className={styles.stale} age={t("seconds", { seconds: staleSeconds })}>
          {t("stale")}
        </StaleBanner>
      )}
      {list.error !== null ? (
        <ErrorState className={styles.state} title={t("failed")} error={list.error} onRetry={list.retry} />
      ) : !list.loading && list.rows.length === 0 ? (
        <NoMatch view={view} change={change} />
      ) : (
        <Rows view={view} list={list} change={change} stale={staleSeconds !== null} />
      )}
    </div>
  );
}

function Rows({
  view: { sort, descending },
  list: { loading, rows, quote },
  change,
  stale,
}: {
  view: View;
  list: MarketList;
  change: ChangeView;
  stale: boolean;
}) {
  const t = useTranslations("markets");
  const format = useFormat();
  function sortBy(key: SortKey) {
    const turned = key === sort ? !descending : key !== "name";
    change({ sort: sortText(key, turned) }, true);
  }
  return (
    <MarketTable
      rows={loading ? null : rows}
      quote={quote}
      sort={sort}
      descending={descending}
      onSort={sortBy}
      className={classes(stale && styles.dimmed)}
      label={t("tableLabel", { count: format.count(rows.length) })}
    />
  );
}

/** No row is left, and the way back to all. */
function NoMatch({ view, change }: { view: View; change: ChangeView }) {
  const t = useTranslations("markets");
  const starred = usePreferences((state) => state.starred);
  const unstarred = view.tab === "starred" && starred.length === 0;
  return (
    <Empty
      className={styles.state}
      drawing="search"
      title={t(unstarred ? "noStars" : "noMatch")}
      action={
        <Button size={32} onClick={() => change({ view: null, category: null, q: null }, true)}>
          {t("clear")}
        </Button>
      }
    >
      {t(unstarred ? "noStarsText" : "noMatchText")}
    </Empty>
  );
}
