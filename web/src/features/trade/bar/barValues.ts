/** What the market bar shows, read out of the feed. */

import { changePpm, priceToTicks, spreadPpm, type Ticker, UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { FeedState } from "../feed/marketFeed";
import type { LiveValue } from "../LiveText";
import { useRoom } from "../MarketRoom";

type Read = (state: FeedState) => LiveValue;

interface BarValues {
  last: Read;
  change: Read;
  high: Read;
  low: Read;
  volume: Read;
  spread: Read;
  spreadShort: Read;
  spreadTicks: Read;
}

const NOTHING: LiveValue = { text: UNKNOWN };

export function useBarValues(): BarValues {
  const t = useTranslations("trade.bar");
  const { listing, texts } = useRoom();
  return useMemo(() => {
    const priceOf =
      (pick: (ticker: Ticker) => string | null): Read =>
      ({ ticker }) => {
        const text = ticker && pick(ticker);
        return text ? { text: texts.wirePrice(text) } : NOTHING;
      };
    const change = ({ ticker }: FeedState): bigint | null =>
      ticker?.last_price && ticker.open_24h
        ? changePpm(priceToTicks(ticker.last_price, listing), priceToTicks(ticker.open_24h, listing))
        : null;
    const spread = ({ book }: FeedState): { ticks: bigint; percent: string } | null => {
      const [bid, ask] = [book?.bids[0]?.[0], book?.asks[0]?.[0]];
      const ppm = spreadPpm(bid, ask);
      if (ppm === null || bid === undefined || ask === undefined) return null;
      const percent = isolated(texts.percent(ppm).replace(/^\+/, ""));
      return { ticks: ask - bid, percent };
    };
    return {
      last: (state) => ({ ...priceOf((ticker) => ticker.last_price)(state), tone: toneOf(change(state)) }),
      change: (state) => {
        const ppm = change(state);
        return ppm === null ? NOTHING : { text: texts.percent(ppm), tone: toneOf(ppm) };
      },
      high: priceOf((ticker) => ticker.high_24h),
      low: priceOf((ticker) => ticker.low_24h),
      volume: ({ ticker }) =>
        ticker ? { text: `${texts.compactQuote(ticker.quote_volume_24h)} ${listing.quote}` } : NOTHING,
      spread: (state) => {
        const found = spread(state);
        return found
          ? { text: t("spreadValue", { ticks: Number(found.ticks), percent: found.percent }) }
          : NOTHING;
      },
      spreadShort: (state) => ({ text: spread(state)?.percent ?? UNKNOWN }),
      spreadTicks: (state) => {
        const found = spread(state);
        return found ? { text: t("ticks", { ticks: Number(found.ticks) }) } : NOTHING;
      },
    };
  }, [t, listing, texts]);
}

function toneOf(ppm: bigint | null): "up" | "down" | "flat" {
  if (ppm === null || ppm === 0n) return "flat";
  return ppm > 0n ? "up" : "down";
}

/** Keeps a figure in its own order inside words that run the other way. */
function isolated(figure: string): string {
  return `\u2066${figure}\u2069`;
}
