/** What an auction would trade if it ended now, as texts read out of the feed. */

import { UNKNOWN } from "@cse/client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { FeedState } from "../feed/marketFeed";
import type { LiveValue } from "../LiveText";
import { useRoom } from "../MarketRoom";

type Read = (state: FeedState) => LiveValue;

interface AuctionValues {
  /** The price, or that nothing would trade. */
  price: Read;
  volume: Read;
  /** What is left over on the side that has more. */
  surplus: Read;
}

const NOTHING: LiveValue = { text: UNKNOWN };

export function useAuctionValues(): AuctionValues {
  const t = useTranslations("trade.phase");
  const { listing, texts } = useRoom();
  return useMemo(
    () => ({
      price: ({ auction }) => (auction?.price ? { text: texts.wirePrice(auction.price) } : NOTHING),
      volume: ({ auction }) =>
        auction?.price ? { text: `${texts.compactBase(auction.volume)} ${listing.base}` } : NOTHING,
      surplus: ({ auction }) => {
        if (!auction?.price) return NOTHING;
        const { surplus, surplus_side: side } = auction;
        if (side === null) return { text: t("surplusNone") };
        const size = texts.compactBase(surplus);
        return side === "buy"
          ? { text: t("surplusBuy", { size }), tone: "up" }
          : { text: t("surplusSell", { size }), tone: "down" };
      },
    }),
    [t, listing.base, texts],
  );
}
