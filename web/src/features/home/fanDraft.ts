import type { Side } from "@cse/client";
import { tabStorage } from "@/providers/kept/kept";

export type FanSide = Side;

/** Leaves the amount for a review in the ticket of the trade page, in this tab only; its code comes with the click. */
export async function keepFanDraft(market: string, side: FanSide, text: string): Promise<void> {
  const { askForReview, EMPTY_DRAFT, keepDraft } = await import("@/features/trade/ticket/draft");
  const amount =
    side === "buy" ? ({ by: "spend", spend: text } as const) : ({ by: "quantity", size: text } as const);
  keepDraft(tabStorage(), market, { ...EMPTY_DRAFT, side, type: "market", ...amount });
  askForReview(tabStorage(), market);
}
