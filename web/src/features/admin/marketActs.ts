import type { DeskMarket, MarketStatusChange } from "@cse/client";
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
type FieldKind = "decimal" | "count" | "rate" | "time" | "status" | "name";

export interface ActField {
  /** As the API has it. */
  readonly name: string;
  readonly kind: FieldKind;
  /** What it is now; an empty text is none. */
  readonly now: string;
}

const END = "auction_ends_at";

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

/** What an act makes of what is now. An end that an auction had goes where none is typed, or no auction is on. */
export function changesBy(
  fields: readonly ActField[],
  values: Values,
): { name: string; before: string; after: string }[] {
  return fields
    .map((one) => ({ name: one.name, before: one.now, after: typed(values, one) }))
    .map((one) =>
      one.name === END && values.status !== undefined && values.status !== "auction"
        ? { ...one, after: "" }
        : one,
    )
    .filter(({ name, before, after }) => before !== after && (after !== "" || name === END));
}

/** Does an act with what was typed. Of band and limits only that is sent which changes, with what it was. */
export async function carryOut(
  act: MarketAct | "create",
  market: string,
  fields: readonly ActField[],
  values: Values,
  reason: string,
): Promise<void> {
  const { text, number } = reading(fields, values);
  const { changed, seen } = changedValues(fields, values);
  switch (act) {
    case "create":
      await desk().createMarket({
        reason,
        market: text("market"),
        tick_size: text("tick_size"),
        lot_size: text("lot_size"),
        min_notional: text("min_notional"),
        maker_fee_ppm: number("maker_fee_ppm"),
        taker_fee_ppm: number("taker_fee_ppm"),
        price_band_ppm: number("price_band_ppm"),
      });
      return;
    case "status": {
      const status = text("status") as MarketStatusChange["status"];
      const end = status === "auction" ? text("auction_ends_at") : "";
      const auction_ends_at = end === "" ? undefined : new Date(end).toISOString();
      await desk().setMarketStatus(market, { reason, status, auction_ends_at });
      return;
    }
    case "band":
      await desk().setMarketBand(market, { reason, ...changed, seen });
      return;
    case "limits":
      await desk().setMarketLimits(market, { reason, ...changed, seen });
      return;
    case "fees":
      await desk().setMarketFees(market, {
        reason,
        tier: number("tier"),
        maker_fee_ppm: number("maker_fee_ppm"),
        taker_fee_ppm: number("taker_fee_ppm"),
      });
      return;
    case "promotion":
      await desk().promoteMarket(market, {
        reason,
        maker_fee_ppm: number("maker_fee_ppm"),
        taker_fee_ppm: number("taker_fee_ppm"),
        ends_at: new Date(text("ends_at")).toISOString(),
      });
      return;
    case "cancelOrders":
      await desk().cancelMarketOrders(market, reason);
      return;
    case "delist":
      await desk().delistMarket(market, reason);
  }
}

/** What changes, as the API has it, and what was seen of that. */
function changedValues(fields: readonly ActField[], values: Values) {
  const those = fields.filter((one) => typed(values, one) !== one.now);
  const of = (text: (one: ActField) => string) =>
    Object.fromEntries(
      those.map((one) => [one.name, one.kind === "decimal" ? text(one) : Number(text(one))]),
    );
  return { changed: of((one) => typed(values, one)), seen: of((one) => one.now) };
}

/** What the form says, by field. */
function reading(fields: readonly ActField[], values: Values) {
  const said = new Map(fields.map((one) => [one.name, typed(values, one)]));
  const text = (name: string) => said.get(name) ?? "";
  const number = (name: string) => Number(text(name));
  return { text, number };
}

/** The status that a market may be given, from the one it has. */
export function firstStatus(status: string): (typeof STATUSES)[number] {
  return status === "open" ? "halted" : "open";
}
