"use client";

import { Download, ListFilter, Rows3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { Button, IconButton } from "@/components/Button";
import { Badge, Chip, Key } from "@/components/Chip";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Empty, ErrorState, StaleBanner } from "@/components/States";
import { saveText } from "@/components/saveText";
import { Tabs } from "@/components/Tabs";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { usePreferences } from "@/providers/preferences";
import { useStaleSeconds } from "@/providers/stale";
import { tickerBoard, useTickers } from "@/providers/tickers";
import { useUrlState } from "@/providers/urlState";
import { Figures } from "./Figures";
import styles from "./Markets.module.css";
import { MarketTable } from "./MarketTable";
import { csvOf, rowsOf, type SortKey, sortText, TABS, type Tab, viewOf } from "./view";

const tickerOf = (market: string) => tickerBoard.get(market);

/** Every market with what can be said of it truly; only the rows in sight are kept up. */
export function Markets() {
  const t = useTranslations("markets");
  const format = useFormat();
  const listings = useListings();
  const tickers = useTickers();
  const [search, change] = useUrlState();
  const view = viewOf(search);
  const starred = usePreferences((state) => state.starred);
  const density = usePreferences((state) => state.density);
  const setPreference = usePreferences((state) => state.set);
  const staleSeconds = useStaleSeconds();
  const fetches = useSyncExternalStore(
    tickerBoard.listenToFetches,
    () => tickerBoard.fetches,
    () => 0,
  );
  const filter = useRef<HTMLInputElement>(null);
  const all = listings.data?.all;
  const { tab, category, query, sort, descending } = view;
  // Rows keep their places while prices move; they are ordered anew with every fetch of all tickers.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `fetches` says when the tickers are new
  const rows = useMemo(
    () => rowsOf(all ?? [], { tab, category, query, sort, descending }, tickerOf, starred),
    [all, tab, category, query, sort, descending, starred, fetches],
  );
  const categories = useMemo(
    () => [...new Set((all ?? []).flatMap((listing) => listing.creator?.category ?? []))].sort(),
    [all],
  );
  const quotes = new Set((all ?? []).map((listing) => listing.quote));
  const quote = quotes.size === 1 ? [...quotes][0] : "USDC";

  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.isComposing || isTyping(event.target)) return;
      event.preventDefault();
      filter.current?.focus();
    };
    addEventListener("keydown", slash);
    return () => removeEventListener("keydown", slash);
  }, []);

  function sortBy(key: SortKey) {
    const turned = key === sort ? !descending : key !== "name";
    change({ sort: sortText(key, turned) }, true);
  }

  const clear = () => change({ view: null, category: null, q: null }, true);
  const counts: Partial<Record<Tab, number>> = { all: all?.length, starred: starred.length };
  const loading = listings.isPending || tickers.isPending;

  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h1>{t("title")}</h1>
        {all?.some((listing) => listing.demo) && <Badge tone="outline">{t("demo")}</Badge>}
        <Figures listings={all ?? null} quote={quote ?? "USDC"} failed={listings.isError} />
      </header>
      <div className={styles.filters}>
        <Tabs
          label={t("views")}
          value={tab}
          onValue={(key) => change({ view: key === "all" ? null : key }, true)}
          tabs={TABS.map((key) => ({ key, label: t(`tabs.${key}`), count: counts[key] }))}
          className={styles.tabs}
        />
        {categories.length > 0 && (
          <div className={styles.categories} role="group" aria-label={t("categories")}>
            {categories.map((name) => (
              <Chip
                key={name}
                pressed={category === name}
                onClick={() => change({ category: category === name ? null : name }, true)}
              >
                <bdi>{name}</bdi>
              </Chip>
            ))}
          </div>
        )}
        <span className={styles.space} />
        <label className={styles.filter}>
          <Icon of={ListFilter} size={14} />
          <span className="quiet">{t("filter")}</span>
          <input
            ref={filter}
            type="search"
            value={query}
            maxLength={64}
            placeholder={t("filter")}
            onChange={(event) => change({ q: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && change({ q: null })}
          />
          <Key>/</Key>
        </label>
        <IconButton
          label={t("density")}
          size={28}
          look="secondary"
          className={styles.tool}
          onClick={() => setPreference({ density: density === "compact" ? "comfortable" : "compact" })}
          pressed={density === "compact"}
        >
          <Icon of={Rows3} size={14} />
        </IconButton>
        <IconButton
          label={t("download")}
          size={28}
          look="secondary"
          className={styles.tool}
          disabled={rows.length === 0}
          onClick={() => saveText("markets.csv", "text/csv", csvOf(rows, tickerOf))}
        >
          <Icon of={Download} size={14} />
        </IconButton>
      </div>
      {staleSeconds !== null && (
        <StaleBanner className={styles.stale} age={t("seconds", { seconds: staleSeconds })}>
          {t("stale")}
        </StaleBanner>
      )}
      {listings.isError ? (
        <ErrorState
          className={styles.state}
          title={t("failed")}
          error={listings.error}
          onRetry={() => void listings.refetch()}
        />
      ) : !loading && rows.length === 0 ? (
        <Empty
          className={styles.state}
          drawing="search"
          title={tab === "starred" && starred.length === 0 ? t("noStars") : t("noMatch")}
          action={
            <Button size={32} onClick={clear}>
              {t("clear")}
            </Button>
          }
        >
          {tab === "starred" && starred.length === 0 ? t("noStarsText") : t("noMatchText")}
        </Empty>
      ) : (
        <MarketTable
          rows={loading ? null : rows}
          quote={quote ?? "USDC"}
          sort={sort}
          descending={descending}
          onSort={sortBy}
          className={classes(staleSeconds !== null && styles.dimmed)}
          label={t("tableLabel", { count: format.count(rows.length) })}
        />
      )}
    </div>
  );
}

/** Whether a key belongs to a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
