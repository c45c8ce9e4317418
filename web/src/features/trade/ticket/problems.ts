"use client";

import { formatNumber, type Problem, type ProblemCode } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import type { TextProblem } from "./reading";
import type { Ticket } from "./useTicket";

type Field = "price" | "size" | "spend";

/** What is not filled in yet is no complaint, and the ticket's notice says what a market that is not open takes. */
type Unsaid =
  | "price_missing"
  | "quantity_missing"
  | "stop_missing"
  | "trailing_missing"
  | "expiry_missing"
  | "market_halted";
type Said = Problem & { readonly code: Exclude<ProblemCode, Unsaid> };

const UNSAID: readonly ProblemCode[] = [
  "price_missing",
  "quantity_missing",
  "stop_missing",
  "trailing_missing",
  "expiry_missing",
  "market_halted",
] satisfies readonly Unsaid[];

function isSaid(problem: Problem): problem is Said {
  return !UNSAID.includes(problem.code);
}

/** What is wrong, in words, beside the field it is about; `form` stands over the button. */
export interface Complaints {
  price: string | null;
  size: string | null;
  spend: string | null;
  form: string | null;
  /** What may be sent all the same, but ought to be known. */
  note: string | null;
}

const FIELDS: Record<string, Field> = { price: "price", quantity: "size", quote_amount: "spend" };

/** Puts the reading's and the quote's problems into words. */
export function useComplaints(): (
  ticket: Pick<Ticket, "reading" | "estimate" | "ownInTheWay">,
) => Complaints {
  const t = useTranslations("trade.problems");
  const { texts } = useRoom();
  const words = useProblemWords();
  const textWords = useTextProblemWords();
  return useCallback(
    ({ reading, estimate, ownInTheWay }) => {
      const complaints: Complaints = {
        price: reading.price.problem && textWords("price", reading.price.problem),
        size: reading.size.problem && textWords("size", reading.size.problem),
        spend: reading.spend.problem && textWords("spend", reading.spend.problem),
        form: null,
        note: ownInTheWay === null ? null : t("ownOrder", { price: texts.price(ownInTheWay) }),
      };
      for (const problem of estimate.problems) {
        if (!isSaid(problem)) continue;
        const text = words(problem, reading.order.side);
        if (problem.severity === "warning") complaints.note ??= text;
        else complaints[problem.field ? (FIELDS[problem.field] ?? "form") : "form"] ??= text;
      }
      return complaints;
    },
    [words, textWords, t, texts],
  );
}

function useProblemWords() {
  const t = useTranslations("trade.problems");
  const codes = useTranslations("errors");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  return useCallback(
    (problem: Said, side: "buy" | "sell"): string => {
      const amount = (units: bigint | undefined) => {
        const quote = problem.asset === undefined || problem.asset === listing.quote;
        const decimals = quote ? listing.quoteDecimals : listing.baseDecimals;
        const shown = quote ? Math.min(2, decimals) : listing.lotDecimals;
        return formatNumber(units ?? 0n, decimals, numberLocale, { minDecimals: shown });
      };
      switch (problem.code) {
        case "insufficient_funds":
          return t(side === "buy" ? "insufficientQuote" : "insufficientBase", {
            available: amount(problem.available),
            needed: amount(problem.needed),
            asset: problem.asset ?? listing.quote,
          });
        case "below_min_notional":
          return t("belowMinimum", { minimum: amount(problem.limit), asset: listing.quote });
        case "quantity_out_of_range":
          return problem.field === "quantity"
            ? t("quantityRange", { limit: texts.quantity(problem.limit ?? 0n) })
            : t("amountRange");
        case "price_out_of_range":
          return t("priceRange");
        case "price_off_tick":
          return t("priceSteps", { step: texts.price(problem.limit ?? 1n) });
        case "quantity_off_lot":
          return t("sizeSteps", { step: texts.quantity(problem.limit ?? 1n) });
        case "below_min_quantity":
          return t("belowMinimumSize", { minimum: texts.quantity(problem.limit ?? 0n), asset: listing.base });
        case "above_max_notional":
          return t("aboveMaximum", { maximum: amount(problem.limit), asset: listing.quote });
        case "quantity_or_quote_amount":
          return t("sizeOrAmount");
        case "not_in_auction":
          return t("notInAuction");
        case "post_only_would_take":
          return t("postOnlyTakes");
        case "post_only_not_allowed":
          return t("postOnlyForm");
        case "nothing_to_take":
          return t(side === "buy" ? "nothingToBuy" : "nothingToSell");
        case "fills_partly":
          return t("fillsPartly");
        case "would_be_killed":
          return t("wouldBeKilled");
        case "book_unknown":
          return t("bookUnknown");
        case "price_outside_band":
        case "would_trigger":
        case "invalid_stop_price":
        case "invalid_trailing_delta":
        case "invalid_display_quantity":
          return codes(`codes.${problem.code}`);
      }
    },
    [t, codes, listing, texts, numberLocale],
  );
}

function useTextProblemWords() {
  const t = useTranslations("trade.problems");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  return useCallback(
    (field: Field, { reason, readings, nearest }: TextProblem) => {
      const decimals =
        field === "price"
          ? listing.tickDecimals
          : field === "size"
            ? listing.lotDecimals
            : listing.quoteDecimals;
      const example = formatNumber(12_345n, 1, numberLocale);
      switch (reason) {
        case "ambiguous":
          return t("ambiguous", { first: readings[0] ?? "", second: readings[1] ?? "" });
        case "foreign_mark":
          return t("foreignMark", { example });
        case "too_many_decimals":
          return t("tooManyDecimals", { decimals });
        case "negative":
          return t("negative");
        case "exponent":
          return t("exponent");
        case "off_step": {
          const write = field === "price" ? texts.price : texts.quantity;
          const [below = 0n, above = 1n] = nearest;
          return t("offStep", { step: write(above - below), below: write(below), above: write(above) });
        }
        default:
          return t("notANumber", { example });
      }
    },
    [t, listing, texts, numberLocale],
  );
}
