/** What a list of the past is narrowed to. The address keeps it, and the exchange chooses by it. */

import type { LedgerKind } from "@cse/client";
import { allOf } from "@/providers/kept/allOf";

/** Why an entry of the ledger is there, as the exchange says it. */
export const ENTRY_KINDS = allOf<LedgerKind>()([
  "trade",
  "trade_fee",
  "creator_share",
  "faucet",
  "deposit",
  "credit",
  "correction",
  "withdrawal",
  "withdrawal_fee",
  "own_accounts",
  "launch_allocation",
  "vesting_release",
  "airdrop",
  "creator_payout",
  "fee_sweep",
  "refund",
]);

/** The lists, and by what each can be narrowed. */
export const CHOICES = {
  history: ["market", "side", "from", "to"],
  fills: ["market", "side", "from", "to"],
  ledger: ["asset", "kind", "from", "to"],
} as const;
export type PastList = keyof typeof CHOICES;
export type ChoiceName = "market" | "asset" | "side" | "kind" | "from" | "to";
/** Days are written as 2026-01-31 and both belong to it; what is not there is everything. */
export type Choice = Partial<Record<ChoiceName, string>>;

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the address says of a list; what it cannot mean is left out. */
export function choiceOf(list: PastList, search: URLSearchParams): Choice {
  const found: Choice = {};
  for (const name of CHOICES[list]) {
    const value = search.get(name);
    if (value && isKnown(name, value)) found[name] = value;
  }
  return found;
}

function isKnown(name: ChoiceName, value: string): boolean {
  if (name === "side") return value === "buy" || value === "sell";
  if (name === "kind") return ENTRY_KINDS.some((kind) => kind === value);
  if (name === "from" || name === "to") return DAY.test(value) && !Number.isNaN(Date.parse(value));
  return /^[A-Z0-9-]{1,33}$/.test(value);
}

/** The same as the exchange is asked, with days in a time zone; `auto` is the browser's. */
export function queryOf({ from, to, ...rest }: Choice, zone: string): Record<string, string | undefined> {
  return {
    ...rest,
    from: from && startOfDay(from, 0, zone),
    to: to && startOfDay(to, 1, zone),
  };
}

/** When a day, or one so many later, begins somewhere. */
export function startOfDay(day: string, later: number, zone: string): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const wall = Date.UTC(year, month - 1, date + later);
  // At the second look the offset is that of the moment itself, where clocks are changed that day too.
  const near = wall - offsetMs(wall, zone);
  return new Date(wall - offsetMs(near, zone)).toISOString();
}

/** How far clocks somewhere are ahead of UTC. */
function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone === "auto" ? undefined : zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(at / 1000) * 1000;
}
