/**
 * What stands in the ticket's fields, kept as typed.
 *
 * It survives a reload and a sign-up in the tab's session storage, so that a visitor finds the order they
 * had worked out; what is read back is checked like any other input.
 */

import * as z from "zod/mini";
import { keep, type Place, readKept } from "@/providers/kept/kept";
import { isBySpend, isWaiting, KINDS, needsWorst, restsFor, SELF_TRADE_RULES, timesOf } from "./kinds";

const REVIEW = "cse.review";

const TEXT = z.string().check(z.maxLength(64));

const DRAFT = z.object({
  side: z.enum(["buy", "sell"]),
  type: z.enum(KINDS),
  /** Texts as typed, in the locale's way of writing numbers. */
  price: TEXT,
  size: TEXT,
  spend: TEXT,
  /** The price whose trade it waits for; of a bracket that of its stop. */
  stop: TEXT,
  /** How far behind a trailing stop follows. */
  trail: TEXT,
  trailBy: z.enum(["percent", "amount"]),
  /** The worst price of what trades at market. */
  worst: TEXT,
  /** The part of an iceberg that the book shows. */
  shown: TEXT,
  /** Whether a limit buy brings a take-profit and a stop with it, and the price of the first. */
  exits: z.boolean(),
  profit: TEXT,
  /** Whether a market order goes by quantity or by what is spent or received. */
  by: z.enum(["quantity", "spend"]),
  postOnly: z.boolean(),
  timeInForce: z.enum(["gtc", "ioc", "fok", "gtd", "day"]),
  /** Day and time of `gtd` at the reader's place, as the browser's field has it. */
  until: TEXT,
  selfTrade: z.enum(SELF_TRADE_RULES),
  /** Whether what few need is in sight. */
  advanced: z.boolean(),
  /** The share of the balance that was asked for; null where the size was typed. */
  percent: z.nullable(z.number().check(z.gte(0), z.lte(100))),
});

export type Draft = z.infer<typeof DRAFT>;
export type Kind = Draft["type"];

export const EMPTY_DRAFT: Draft = {
  side: "buy",
  type: "limit",
  price: "",
  size: "",
  spend: "",
  stop: "",
  trail: "",
  trailBy: "percent",
  worst: "",
  shown: "",
  exits: false,
  profit: "",
  by: "quantity",
  postOnly: false,
  timeInForce: "gtc",
  until: "",
  selfTrade: "cancel_newest",
  advanced: false,
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
  if (next.type !== "limit") next.postOnly = false;
  if (edit.postOnly === true && !restsFor(next.timeInForce)) next.timeInForce = "gtc";
  if (edit.timeInForce !== undefined && !restsFor(edit.timeInForce)) next.postOnly = false;
  if (!timesOf(next.type).includes(next.timeInForce)) next.timeInForce = "gtc";
  if (edit.type !== undefined && edit.type !== draft.type) next.worst = "";
  if (edit.advanced === false) Object.assign(next, outOfSight(next));
  // What a trade price means is another for each kind: a stop above the market would be one below it.
  if (edit.side !== undefined && edit.side !== draft.side)
    Object.assign(next, { stop: "", worst: "", profit: "" });
  return next;
}

/**
 * The draft as the market takes it now: an auction takes limit orders that stay and those that wait, one at a
 * time. What is not in sight counts for nothing.
 */
export function accepted(draft: Draft, auction: boolean): Draft {
  if (!auction) return inSight(draft);
  const type = isWaiting(draft.type) && draft.type !== "oco" ? draft.type : "limit";
  const taken: Draft = { ...draft, type, exits: false, postOnly: false, timeInForce: "gtc", advanced: false };
  return inSight(taken);
}

/** What stands in the fields that few need while they are closed; a worst price that must be told is not one. */
function outOfSight(draft: Draft): Pick<Draft, "worst" | "shown" | "selfTrade"> {
  return { worst: needsWorst(draft) ? draft.worst : "", shown: "", selfTrade: "cancel_newest" };
}

/** The draft without what is not shown; the same one where that is nothing. */
function inSight(draft: Draft): Draft {
  const { worst, shown, selfTrade } = draft.advanced ? draft : outOfSight(draft);
  // What is taken off both orders is a quantity, so by what is spent there is no such rule.
  const rule = selfTrade === "decrement" && isBySpend(draft) ? "cancel_newest" : selfTrade;
  const same = worst === draft.worst && shown === draft.shown && rule === draft.selfTrade;
  return same ? draft : { ...draft, worst, shown, selfTrade: rule };
}

function isEmpty(draft: Draft): boolean {
  return draft.price === "" && draft.size === "" && draft.spend === "";
}

function keyOf(market: string): string {
  return `cse.draft.${market}`;
}
