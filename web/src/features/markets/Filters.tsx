"use client";

import { Download, Rows3, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { saveText } from "@/components/saveText";
import { Tabs } from "@/components/Tabs";
import { usePreferences } from "@/providers/kept/preferences";
import { useCategory } from "@/providers/market/category";
import { ListsSheet } from "./ListsSheet";
import { useLists } from "./lists";
import type { ChangeView } from "./Markets";
import styles from "./Markets.module.css";
import { SearchField } from "./SearchField";
import { type MarketList, tickerOf } from "./useMarketList";
import { csvOf, searchOf, TABS, type Tab, toSaved, type View } from "./view";

interface FiltersProps {
  view: View;
  list: MarketList;
  change: ChangeView;
}

/** What of the list is shown, how dense, and the way to take it away. */
export function Filters({ view, list, change }: FiltersProps) {
  const t = useTranslations("markets");
  const starred = usePreferences((state) => state.starred);
  const current = useLists((state) => state.current);
  const counts: Partial<Record<Tab, number>> = { all: list.all?.length, starred: starred.length };
  return (
    <div className={styles.filters}>
      <Tabs
        label={t("views")}
        value={view.tab}
        onValue={(key) => change({ view: key === "all" ? null : key }, true)}
        tabs={TABS.map((key) => ({
          key,
          label: key === "starred" && current !== null ? current : t(`tabs.${key}`),
          count: counts[key],
        }))}
        className={styles.tabs}
      />
      <Categories view={view} list={list} change={change} />
      <Views view={view} change={change} />
      <span className={styles.space} />
      <SearchField query={view.query} onQuery={(query) => change({ q: query })} />
      <ListsButton view={view} change={change} />
      <DensityButton />
      <IconButton
        label={t("download")}
        size={28}
        look="secondary"
        className={styles.tool}
        disabled={list.rows.length === 0}
        onClick={() => saveText("markets.csv", "text/csv", csvOf(list.rows, tickerOf))}
      >
        <Icon of={Download} size={14} />
      </IconButton>
    </div>
  );
}

function Categories({ view: { category }, list: { categories }, change }: FiltersProps) {
  const t = useTranslations("markets");
  const named = useCategory();
  if (categories.length === 0) return null;
  return (
    <div className={styles.categories} role="group" aria-label={t("categories")}>
      {categories.map((name) => (
        <Chip
          key={name}
          pressed={category === name}
          onClick={() => change({ category: category === name ? null : name }, true)}
        >
          <bdi>{named(name)}</bdi>
        </Chip>
      ))}
    </div>
  );
}

/** The views that were saved, each a press away. */
function Views({ view, change }: Pick<FiltersProps, "view" | "change">) {
  const t = useTranslations("markets");
  const views = useLists((state) => state.views);
  const search = searchOf(view);
  if (views.length === 0) return null;
  return (
    <div className={styles.categories} role="group" aria-label={t("lists.views")}>
      {views.map((saved) => (
        <Chip
          key={saved.name}
          pressed={saved.search === search}
          onClick={() => change(toSaved(saved.search), true)}
        >
          <bdi>{saved.name}</bdi>
        </Chip>
      ))}
    </div>
  );
}

function ListsButton({ view, change }: Pick<FiltersProps, "view" | "change">) {
  const t = useTranslations("markets");
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={t("lists.title")}
        size={28}
        look="secondary"
        className={classes(styles.tool, styles.lists)}
        onClick={() => setOpen(true)}
      >
        <Icon of={SlidersHorizontal} size={14} />
      </IconButton>
      <ListsSheet open={open} onClose={() => setOpen(false)} view={view} change={change} />
    </>
  );
}

function DensityButton() {
  const t = useTranslations("markets");
  const density = usePreferences((state) => state.density);
  const set = usePreferences((state) => state.set);
  const compact = density === "compact";
  return (
    <IconButton
      label={t("density")}
      size={28}
      look="secondary"
      className={styles.tool}
      onClick={() => set({ density: compact ? "comfortable" : "compact" })}
      pressed={compact}
    >
      <Icon of={Rows3} size={14} />
    </IconButton>
  );
}
