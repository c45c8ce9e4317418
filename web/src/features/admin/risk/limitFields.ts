import type { NewRiskLimits, RiskLimits } from "@cse/client";
import { type ActField, typed } from "../marketActs";

export const REFUSED = [
  "max_quantity",
  "max_notional",
  "max_notional_per_minute",
  "max_open_orders",
] as const;
export const TOLD = [
  "flag_notional_per_minute",
  "flag_cancels",
  "flag_cancels_per_fill",
  "flag_far_orders",
  "flag_far_ppm",
  "flag_self_trades",
] as const;
export type LimitName = (typeof REFUSED)[number] | (typeof TOLD)[number];

const NAMES: readonly LimitName[] = [...REFUSED, ...TOLD];
/** Those in base or quote; the others are numbers. */
const DECIMALS: ReadonlySet<string> = new Set([
  "max_quantity",
  "max_notional",
  "max_notional_per_minute",
  "flag_notional_per_minute",
]);

type Values = Readonly<Record<string, string>>;

/** The limits that a tier has of its own in a market; undefined where those of tier 0 hold for it. */
export function ownLimits(all: readonly RiskLimits[], market: string, tier: number): RiskLimits | undefined {
  return all.find((limits) => limits.market === market && limits.tier === tier);
}

/** The fields of the form, with what holds for the tier now, be it its own or that of tier 0. */
export function limitFields(all: readonly RiskLimits[], market: string, tier: number): readonly ActField[] {
  const now = ownLimits(all, market, tier) ?? ownLimits(all, market, 0);
  return NAMES.map((name) => ({
    name,
    kind: DECIMALS.has(name) ? "decimal" : name === "flag_far_ppm" ? "rate" : "count",
    now: String(now?.[name] ?? "0"),
  }));
}

/**
 * The body that sets limits of a tier. Of a tier with limits of its own that is sent which changes; one that
 * gets its first is sent all of them, for from then on those of tier 0 do not hold for it any more.
 */
export function limitsAsked(
  own: RiskLimits | undefined,
  tier: number,
  fields: readonly ActField[],
  values: Values,
  reason: string,
): NewRiskLimits {
  const sent = fields.filter((field) => own === undefined || typed(values, field) !== field.now);
  const of = (text: (field: ActField) => string) =>
    Object.fromEntries(
      sent.map((field) => [field.name, field.kind === "decimal" ? text(field) : Number(text(field))]),
    );
  // A tier without limits of its own has none of them, whatever holds for it of tier 0.
  const seen = of((field) => (own === undefined ? "0" : field.now));
  return { reason, tier, ...of((field) => typed(values, field)), seen };
}

/** Whether nothing is limited and nothing told by what the form says. */
export function isNone(fields: readonly ActField[], values: Values): boolean {
  return fields.every((field) => Number(typed(values, field)) === 0);
}
