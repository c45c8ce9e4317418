"use client";

import type { Available } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useState } from "react";
import { useFormat } from "@/providers/format";
import { useBook } from "@/providers/market/book";
import { type Listing, VALUE_ASSET } from "@/providers/market/markets";
import { availableOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { useSession } from "@/providers/session";
import { type FanSide, keepFanDraft } from "./fanDraft";
import type { FanEstimate, FanProblem } from "./fanEstimate";

/** What is typed at first, by side. */
const FIRST: Record<FanSide, string> = { buy: "50", sell: "1000" };
const UNKNOWN: FanEstimate = { quote: null, problem: null };

export interface FanTicketState {
  readonly side: FanSide;
  readonly amount: string;
  /** The asset that is given, and the one that comes back. */
  readonly paid: string;
  readonly got: string;
  readonly estimate: FanEstimate;
  /** What is said to be wrong: too little for an amount that nobody chose is not. */
  readonly wrong: FanProblem | null;
  /** Of what is given, where somebody is signed in and it is known. */
  readonly available: string | null;
  readonly signedIn: boolean;
  turnTo(side: FanSide): void;
  write(amount: string): void;
  /** To the trade page with the amount, or to an account first. */
  review(): Promise<void>;
}

/** The state of the first page's ticket. */
export function useFanTicket(listing: Listing | null): FanTicketState {
  const { numberLocale, amount: amountText } = useFormat();
  const locale = useLocale();
  const router = useRouter();
  const signedIn = useSession((state) => state.state === "user");
  const [side, setSide] = useState<FanSide>("buy");
  const [amount, setAmount] = useState(FIRST.buy);
  const [chosen, setChosen] = useState(false);
  const book = useBook(listing);
  const rules = useRules();
  const balances = useOwn((state) => state.balances);
  const available = listing && availableOf(balances, listing);
  const base = listing?.base ?? "";
  const quote = listing?.quote ?? VALUE_ASSET;

  function free(
    { quote: money, base: tokens }: Available,
    { quoteDecimals, baseDecimals, lotDecimals }: Listing,
  ) {
    return side === "buy" ? amountText(money, quoteDecimals) : amountText(tokens, baseDecimals, lotDecimals);
  }

  async function review() {
    if (!listing) return;
    await keepFanDraft(listing.market, side, amount);
    const target = `/trade/${listing.market}`;
    router.push(signedIn ? `/${locale}${target}` : `/${locale}/sign-up?to=${encodeURIComponent(target)}`);
  }

  const estimated =
    listing && rules ? rules.estimate(amount, side, listing, book, numberLocale, available) : UNKNOWN;
  return {
    side,
    amount,
    paid: side === "buy" ? quote : base,
    got: side === "buy" ? base : quote,
    estimate: estimated,
    wrong: estimated.problem === "short" && !chosen ? null : estimated.problem,
    available: listing && available ? free(available, listing) : null,
    signedIn,
    turnTo: (next) => {
      setSide(next);
      setAmount(FIRST[next]);
      setChosen(false);
    },
    write: (text) => {
      setAmount(text);
      setChosen(true);
    },
    review,
  };
}

/** What an order comes to and may not be. Its code comes after the page, and is asked for again should that fail. */
function useRules() {
  return useQuery({
    queryKey: ["fan-rules"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => import("./fanEstimate"),
  }).data;
}
