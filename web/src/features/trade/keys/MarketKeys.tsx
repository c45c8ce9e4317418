"use client";

import { groupingMultiples, nearestMultiple } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/Toast";
import { useActs } from "@/features/keys/acts";
import { CancelDialog } from "@/features/own/CancelDialog";
import { isOpenRow } from "@/features/own/orderRows";
import { useOpenRows } from "@/features/own/useOpenRows";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useBookSettings } from "../book/settings";
import { useRoom } from "../MarketRoom";
import { besides } from "./besides";
import { usePriceWords } from "./usePriceWords";

/** What keys do with a market besides its ticket: its book's steps, its price in words, all of its orders. */
export default function MarketKeys() {
  const words = useLateWords("keys");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Keys />
    </Words>
  );
}

function Keys() {
  const t = useTranslations("keys");
  const { listing, book } = useRoom();
  const { groupings, group } = useBookSettings();
  const { rows } = useOpenRows(listing.market);
  const [asking, ask] = useState(false);
  const [said, say] = useState("");
  const read = usePriceWords();
  const open = (rows ?? []).filter(isOpenRow);
  const regroup = (by: 1 | -1) => () => {
    const multiples = groupingMultiples(book.middle);
    const now = nearestMultiple(BigInt(groupings[listing.market] ?? "1"), multiples);
    group(listing.market, besides(multiples, now, by));
  };
  useActs({
    coarser: regroup(1),
    finer: regroup(-1),
    // The same words twice are said twice.
    price: () => say((before) => (before === read() ? `${read()}\u00a0` : read())),
    cancel: () => {
      if (rows === null) return false;
      if (open.length > 0) ask(true);
      else
        showToast({ key: "cancel.none", tone: "info", title: t("nothingOpen", { market: pairOf(listing) }) });
    },
  });
  return (
    <>
      <p role="status" className="quiet" data-price-said="">
        {said}
      </p>
      {asking && <CancelDialog open={open} wanted={{ market: listing.market }} onClose={() => ask(false)} />}
    </>
  );
}

function pairOf({ base, quote }: { base: string; quote: string }): string {
  return `${base}/${quote}`;
}
