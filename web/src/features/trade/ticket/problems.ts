"use client";

import { formatNumber, isLimitType, type Problem, type ProblemCode, type ProblemField } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import type { FieldName } from "./kinds";
import type { DraftReading, NumberName, TextProblem } from "./reading";
import type { Ticket } from "./useTicket";

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
export interface Complaints extends Record<FieldName, string | null> {
  form: string | null;
  /** What may be sent all the same, but ought to be known. */
  note: string | null;
}

const FIELDS: Record<ProblemField, FieldName> = {
  price: "price",
  quantity: "size",
  quote_amount: "spend",
  stop_price: "stop",
  trailing: "trail",
  display_quantity: "shown",
  expires_at: "until",
};

/** Where a problem is said: the price of what trades at market is its worst, that of a bracket's first exit its own. */
function fieldOf({ field, order = 0 }: Problem, { list, order: only }: DraftReading): FieldName | "form" {
  if (field === null) return "form";
  if (field !== "price") return FIELDS[field];
  if (list?.kind === "bracket" && order === 1) return "profit";
  return isLimitType((list?.orders[order] ?? only).type) ? "price" : "worst";
}

const NUMBERS: readonly NumberName[] = [
  "price",
  "size",
  "spend",
  "stop",
  "trail",
  "worst",
  "shown",
  "profit",
];

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
      const typed = NUMBERS.map((name) => {
        const { problem } = reading[name];
        return [name, problem && textWords(name, problem)];
      });
      const complaints: Complaints = {
        ...(Object.fromEntries(typed) as Record<NumberName, string | null>),
        until: null,
        form: null,
        note: ownInTheWay === null ? null : t("ownOrder", { price: texts.price(ownInTheWay) }),
      };
      for (const problem of estimate.problems) {
        if (!isSaid(problem)) continue;
        const text = words(problem, reading.order.side);
        // To have nothing yet is no mistake; the button leads to more.
        const begins = problem.code === "insufficient_funds" && problem.available === 0n;
        if (problem.severity === "warning" || (begins && reading.order.side === "buy"))
          complaints.note ??= text;
        else complaints[fieldOf(problem, reading)] ??= text;
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
          return t(side === "buy" ? "bandHigh" : "bandLow", { limit: texts.price(problem.limit ?? 0n) });
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
  const { texts } = useRoom();
  const { numberLocale } = useFormat();
  return useCallback(
    (field: NumberName, { reason, readings, nearest, decimals }: TextProblem) => {
      const lots = field === "size" || field === "shown";
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
          const write = lots ? texts.quantity : texts.price;
          const [below = 0n, above = 1n] = nearest;
          return t("offStep", { step: write(above - below), below: write(below), above: write(above) });
        }
        default:
          return t("notANumber", { example });
      }
    },
    [t, texts, numberLocale],
  );
}
