"use client";

import { pairOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useRoom } from "./MarketRoom";

const EVERY_MS = 2_000;

/** Puts pair and last price into the tab's title, so that it can be watched from another tab. */
export function usePageTitle(): void {
  const product = useTranslations("common")("product");
  const { listing, feed, texts } = useRoom();
  useEffect(() => {
    const before = document.title;
    const write = () => {
      const last = feed.getState().ticker?.last_price;
      const pair = pairOf(listing.market);
      document.title = [...(last ? [texts.wirePrice(last)] : []), pair, product].join(" · ");
    };
    write();
    const timer = setInterval(write, EVERY_MS);
    return () => {
      clearInterval(timer);
      document.title = before;
    };
  }, [listing, feed, texts, product]);
}
