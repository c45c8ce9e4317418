/**
 * What stands in the ticket's fields, kept as typed.
 *
 * It survives a reload and a sign-up in the tab's session storage, so that a visitor finds the order they
 * had worked out; what is read back is checked like any other input.
 */

import * as z from "zod/mini";
import { keep, type Place, readKept } from "@/providers/kept";

const REVIEW = "cse.review";

const DRAFT = z.object({
  side: z.enum(["buy", "sell"]),
  type: z.enum(["limit", "market"]),
  /** Texts as typed, in the locale's way of writing numbers. */
  price: z.string().check(z.maxLength(64)),
  size: z.string().check(z.maxLength(64)),
  spend: z.string().check(z.maxLength(64)),
  /** Whether a market order goes by quantity or by what is spent or received. */
  by: z.enum(["quantity", "spend"]),
  postOnly: z.boolean(),
  timeInForce: z.enum(["gtc", "ioc", "fok"]),
  /** The share of the balance that was asked for; null where the size was typed. */
  percent: z.nullable(z.number().check(z.gte(0), z.lte(100))),
});

export type Draft = z.infer<typeof DRAFT>;

export const EMPTY_DRAFT: Draft = {
  side: "buy",
  type: "limit",
  price: "",
  size: "",
  spend: "",
  by: "quantity",
  postOnly: false,
  timeInForce: "gtc",
  percent: null,
};

/** The draft left in a market, or an empty one. */
export function restoreDraft(place: Place, market: string): Draft {
  return readKept(place, keyOf(market), DRAFT, EMPTY_DRAFT);
}

/** Keeps the draft; an empty one leaves nothing behind. */
export function keepDraft(place: Place, market: string, draft: Draft): void {
  keep(place, keyOf(market), isEmpty(draft) ? null : draft);
}

/** Has a phone's page open the ticket with the draft of this market: it is what the person came for. */
export function askForReview(place: Place, market: string): void {
  keep(place, REVIEW, market);
}

/** Whether the draft of this market was to be looked at; true once. */
export function takeReview(place: Place, market: string): boolean {
  const asked = readKept(place, REVIEW, z.string(), "") === market;
  if (asked) keep(place, REVIEW, null);
  return asked;
}

/** The draft after an edit: what depends on the edited field follows. */
export function edited(draft: Draft, edit: Partial<Draft>): Draft {
  const next = { ...draft, ...edit };
  if (edit.size !== undefined && edit.percent === undefined) next.percent = null;
  if (edit.spend !== undefined && edit.percent === undefined) next.percent = null;
  if (next.type === "market") next.postOnly = false;
  if (edit.postOnly === true) next.timeInForce = "gtc";
  if (edit.timeInForce !== undefined && edit.timeInForce !== "gtc") next.postOnly = false;
  return next;
}

/** The draft as the market takes it now: an auction takes limit orders that stay, and no others. */
export function accepted(draft: Draft, auction: boolean): Draft {
  return auction ? { ...draft, type: "limit", postOnly: false, timeInForce: "gtc" } : draft;
}

function isEmpty(draft: Draft): boolean {
  return draft.price === "" && draft.size === "" && draft.spend === "";
}

function keyOf(market: string): string {
  return `cse.draft.${market}`;
}
