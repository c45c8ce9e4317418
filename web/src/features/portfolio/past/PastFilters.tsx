"use client";

import { pairOf } from "@cse/client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { saveText } from "@/components/saveText";
import { useErrorWords } from "@/providers/errorWords";
import { usePreferences } from "@/providers/kept/preferences";
import { useListings } from "@/providers/market/markets";
import { exchangeOf, useSession } from "@/providers/session";
import { ColumnsButton } from "../ColumnsButton";
import { CHOICES, type Choice, type ChoiceName, ENTRY_KINDS, type PastList, queryOf } from "./choice";
import styles from "./Past.module.css";

const TABLES = { history: "orders", fills: "fills", ledger: "ledger" } as const;

/** Narrows a list of the past, and hands out all of it, not the part that was fetched, as a table. */
export function PastFilters({
  list,
  choice,
  change,
}: {
  list: PastList;
  choice: Choice;
  change(values: Partial<Record<ChoiceName, string | null>>): void;
}) {
  const t = useTranslations("books.filters");
  const names: readonly ChoiceName[] = CHOICES[list];
  const chosen = names.filter((name) => choice[name]);
  return (
    <div className={styles.filters} role="search" aria-label={t("label")}>
      {names.map((name) =>
        name === "from" || name === "to" ? (
          <label key={name} className={styles.day}>
            <span>{t(name)}</span>
            <input
              type="date"
              value={choice[name] ?? ""}
              onChange={(event) => change({ [name]: event.target.value || null })}
            />
          </label>
        ) : (
          <OneOf
            key={name}
            name={name}
            value={choice[name] ?? ""}
            onValue={(value) => change({ [name]: value || null })}
          />
        ),
      )}
      {chosen.length > 0 && (
        <Button
          look="quiet"
          size={32}
          onClick={() => change(Object.fromEntries(chosen.map((name) => [name, null])))}
        >
          {t("clear")}
        </Button>
      )}
      <TakeAway list={list} choice={choice} />
    </div>
  );
}

function OneOf({
  name,
  value,
  onValue,
}: {
  name: Exclude<ChoiceName, "from" | "to">;
  value: string;
  onValue(value: string): void;
}) {
  const t = useTranslations("books");
  const own = useTranslations("own.side");
  const { data } = useListings();
  const known = {
    side: () => (["buy", "sell"] as const).map((side) => ({ value: side as string, label: own(side) })),
    kind: () => ENTRY_KINDS.map((kind) => ({ value: kind as string, label: t(`kinds.${kind}`) })),
    asset: () => [...(data?.assets.keys() ?? [])].sort().map((asset) => ({ value: asset, label: asset })),
    market: () =>
      [...(data?.byMarket.keys() ?? [])].sort().map((market) => ({ value: market, label: pairOf(market) })),
  }[name]();
  // What the address names stands there too before the listings have come.
  const options =
    value && !known.some((one) => one.value === value) ? [{ value, label: value }, ...known] : known;
  return (
    <Select
      label={t(`filters.${name}`)}
      look="small"
      value={value}
      onValue={onValue}
      options={[{ value: "", label: t(`filters.every.${name}`) }, ...options]}
    />
  );
}

function TakeAway({ list, choice }: { list: PastList; choice: Choice }) {
  const t = useTranslations("books.filters");
  const words = useErrorWords();
  const account = useSession((state) => state.account);
  const zone = usePreferences((state) => state.timeZone);
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const take = async () => {
    setState({ busy: true, error: null });
    try {
      saveText(
        `${TABLES[list]}.csv`,
        "text/csv",
        await exchangeOf(account).pastTable(TABLES[list], queryOf(choice, zone)),
      );
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <span className={styles.take}>
      <FieldNote id="csv-note" error={state.error ? words(state.error).happened : undefined} />
      <Button size={32} busy={state.busy} title={t("csvHint")} onClick={() => void take()}>
        <Icon of={Download} size={14} />
        CSV
      </Button>
      {list !== "ledger" && <ColumnsButton of={list} />}
    </span>
  );
}
