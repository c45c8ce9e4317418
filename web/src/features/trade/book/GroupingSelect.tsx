"use client";

import { groupingMultiples, nearestMultiple } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { Select } from "@/components/Choice";
import { useRoom } from "../MarketRoom";
import styles from "./Book.module.css";
import { useBookSettings } from "./settings";

/** In what steps of price the book is summed up; the choices follow the price, not its decimals. */
export function GroupingSelect() {
  const t = useTranslations("trade.book");
  const { listing, feed, book, texts } = useRoom();
  const { groupings, group } = useBookSettings();
  const wanted = BigInt(groupings[listing.market] ?? "1");
  // The choices change when the price is another in size, not with every tick.
  const size = useStore(feed, () => book.middle?.toString().length ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the price is read when its size changes
  const multiples = useMemo(() => groupingMultiples(book.middle), [book, size]);
  const chosen = nearestMultiple(wanted, multiples);
  useEffect(() => book.group(chosen), [book, chosen]);
  return (
    <Select
      label={t("grouping")}
      look="small"
      className={styles.grouping}
      value={chosen.toString()}
      onValue={(value) => group(listing.market, BigInt(value))}
      options={multiples.map((multiple) => ({ value: multiple.toString(), label: texts.price(multiple) }))}
    />
  );
}
