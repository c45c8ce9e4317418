"use client";

import {
  type Amendment,
  type AmendQuote,
  amendQuote,
  amendRequest,
  type BookSides,
  type Market,
} from "@cse/client";
import { useLocale } from "next-intl";
import { useCallback } from "react";
import { showToast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { type AmendOutcome, amendOrder } from "@/providers/own/amending";
import { availableOf } from "@/providers/own/available";
import type { TrackedOrder } from "@/providers/own/orderState";
import { amendParts, ownStore } from "@/providers/own/own";
import { orderingWords } from "./orderingWords";

/** What is known of the market when an amend is estimated; `last` is the price of its last trade in ticks. */
export interface AmendScene {
  market: Market;
  book: BookSides | null;
  last: bigint | null;
}

/** What an amend would do now, by the one quote engine; null of an order of which nothing is known yet. */
export function amendEstimate(
  { order }: TrackedOrder,
  change: Amendment,
  { market, book, last }: AmendScene,
): AmendQuote | null {
  if (!order) return null;
  const available = availableOf(ownStore.getState().balances, market);
  return amendQuote(order, change, book, market, available, last);
}

/**
 * Amends an order and says how that ended: amended, closed before, refused, or not known yet. An amend that
 * changes nothing is not sent. Whoever calls it has shown the estimate and been told yes.
 */
export function useAmend(): (
  tracked: TrackedOrder,
  change: Amendment,
  market: Market,
) => Promise<AmendOutcome> {
  const locale = useLocale();
  const errors = useErrorWords();
  return useCallback(
    async (tracked, change, market) => {
      const request = tracked.order ? amendRequest(tracked.order, change, market) : {};
      if (Object.keys(request).length === 0) return { kind: "amended", traded: false };
      const [outcome, { amended: words }] = await Promise.all([
        amendOrder(amendParts(), tracked.key, request),
        orderingWords(locale),
      ]);
      const key = `order.${tracked.key}`;
      switch (outcome.kind) {
        case "amended":
          // What it traded has a word of its own.
          if (!outcome.traded) showToast({ key, tone: "good", title: words.done, lifeMs: 4_000 });
          break;
        case "already_closed":
          showToast({ key, tone: "info", title: words.tooLate });
          break;
        case "unknown":
          showToast({ key, tone: "error", title: words.unknown, body: words.unknownText });
          break;
        case "refused":
          showToast({ key, tone: "error", title: words.refused, body: errors(outcome.error).happened });
      }
      return outcome;
    },
    [errors, locale],
  );
}
