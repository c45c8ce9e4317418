import type { DeskMarket } from "@cse/client";
import { desk } from "@/providers/desk";

export type MarketAct = "status" | "band" | "limits" | "fees" | "promotion" | "cancelOrders" | "delist";

export const MARKET_ACTS: readonly MarketAct[] = [
  "status",
  "band",
  "limits",
  "fees",
  "promotion",
  "cancelOrders",
  "delist",
];

/** What another operator has to approve. */
export const OF_TWO: ReadonlySet<string> = new Set(["fees", "promotion", "delist"]);
export const STATUSES = ["open", "halted", "auction", "cancel_only"] as const;

/** `decimal` is sent as typed, `count` as a whole number, `time` in local time. */
export type FieldKind = "decimal" | "count" | "rate" | "time" | "status" | "name";

export interface ActField {
  /** As the API has it. */
  readonly name: string;
  readonly kind: FieldKind;
  /** What it is now; an empty text is none. */
  readonly now: string;
}

type Values = Readonly<Record<string, string>>;

const field = (name: string, kind: FieldKind, now: string | number | null = ""): ActField => ({
  name,
  kind,
  now: now === null ? "" : String(now),
});

/** The fields of the form of an act, with what they are now; rates are those of the tier that was typed. */
export function fieldsOf(
  act: MarketAct | "create",
  shown: DeskMarket | null,
  values: Values,
): readonly ActField[] {
  const market = shown?.market;
  switch (act) {
    case "create":
      return [
        field("market", "name"),
        field("tick_size", "decimal"),
        field("lot_size", "decimal"),
        field("min_notional", "decimal", "0"),
        field("maker_fee_ppm", "rate", 1000),
        field("taker_fee_ppm", "rate", 2000),
        field("price_band_ppm", "rate", 0),
      ];
    case "status":
      return [
        field("status", "status", market?.status),
        field("auction_ends_at", "time", market?.auction_ends_at),
      ];
    case "band":
      return [
        field("price_band_ppm", "rate", market?.price_band_ppm),
        field("reference_price", "decimal", market?.reference_price ?? "0"),
        field("interruption_ppm", "rate", market?.interruption_ppm),
        field("interruption_window_s", "count", market?.interruption_window_s),
        field("interruption_auction_s", "count", market?.interruption_auction_s),
      ];
    case "limits":
      return [
        field("tick_size", "decimal", market?.tick_size),
        field("lot_size", "decimal", market?.lot_size),
        field("min_quantity", "decimal", market?.min_quantity),
        field("max_quantity", "decimal", market?.max_quantity),
        field("min_notional", "decimal", market?.min_notional),
        field("max_notional", "decimal", market?.max_notional ?? "0"),
        field("max_open_orders", "count", market?.max_open_orders),
      ];
    case "fees": {
      const tier = values.tier ?? "0";
      // Tier 0 is everybody who is in none; a tier without rates of its own has nothing yet that changes.
      const rates = Number(tier) === 0 ? market : shown?.tiers.find((one) => one.tier === Number(tier));
      return [
        field("tier", "count", tier),
        field("maker_fee_ppm", "rate", rates?.maker_fee_ppm),
        field("taker_fee_ppm", "rate", rates?.taker_fee_ppm),
      ];
    }
    case "promotion":
      return [
        field("maker_fee_ppm", "rate", shown?.promotion?.maker_fee_ppm ?? 0),
        field("taker_fee_ppm", "rate", shown?.promotion?.taker_fee_ppm ?? 0),
        field("ends_at", "time", shown?.promotion?.ends_at),
      ];
    case "cancelOrders":
    case "delist":
      return [];
  }
}

/** Fields of a form of which an act always needs each; of the others only those are sent that change. */
const WHOLE: ReadonlySet<string> = new Set(["create", "status", "fees", "promotion"]);

/** Whether what was typed into a field can be meant. */
export function isWritten({ kind, name }: ActField, text: string): boolean {
  if (kind === "count") return /^\d{1,10}$/.test(text);
  if (kind === "rate") return /^-?\d{1,7}$/.test(text);
  if (kind === "decimal") return /^\d{1,30}(\.\d{1,18})?$/.test(text);
  if (kind === "time") return name === "auction_ends_at" || text !== "";
  return text !== "";
}

/** What a field of the form says: what was typed, or else what it is now. A time is begun anew. */
export function typed(values: Values, { name, kind, now }: ActField): string {
  return values[name] ?? (kind === "time" ? "" : now);
}

/** Does an act with what was typed. */
export async function carryOut(
  act: MarketAct | "create",
  market: string,
  fields: readonly ActField[],
  values: Values,
  reason: string,
): Promise<void> {
  const body: Record<string, string | number> = { reason };
  for (const one of fields) {
    const text = typed(values, one);
    if (text === "" || (!WHOLE.has(act) && text === one.now)) continue;
    if (one.kind === "time" && values.status !== undefined && values.status !== "auction") continue;
    body[one.name] = one.kind === "count" || one.kind === "rate" ? Number(text) : sent(one, text);
  }
  const asked = body as never;
  switch (act) {
    case "create":
      await desk().createMarket(asked);
      return;
    case "status":
      await desk().setMarketStatus(market, asked);
      return;
    case "band":
      await desk().setMarketBand(market, asked);
      return;
    case "limits":
      await desk().setMarketLimits(market, asked);
      return;
    case "fees":
      await desk().setMarketFees(market, asked);
      return;
    case "promotion":
      await desk().promoteMarket(market, asked);
      return;
    case "cancelOrders":
      await desk().cancelMarketOrders(market, reason);
      return;
    case "delist":
      await desk().delistMarket(market, reason);
  }
}

function sent(one: ActField, text: string): string {
  return one.kind === "time" ? new Date(text).toISOString() : text;
}

/** The status that a market may be given, from the one it has. */
export function firstStatus(status: string): (typeof STATUSES)[number] {
  return status === "open" ? "halted" : "open";
}
