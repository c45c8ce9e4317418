import type { DeskRates, NewRate } from "@cse/client";

export type TierRate = DeskRates["items"][number];
export type RateName = NewRate["limit"];

/** The one that belongs to addresses, which are in no tier. */
export const OF_ADDRESSES: RateName = "address_requests";

/** The rate that a tier has of its own; undefined where that of tier 0 holds for it. */
export function ownRate(rates: DeskRates, tier: number, limit: RateName): TierRate | undefined {
  return rates.items.find((rate) => rate.tier === tier && rate.limit === limit);
}

/** What holds for a tier now. */
export function rateNow(rates: DeskRates, tier: number, limit: RateName): TierRate | undefined {
  return ownRate(rates, tier, limit) ?? ownRate(rates, 0, limit);
}

/** A number that was typed, if it is a whole one within its bounds. */
export function within(text: string, least: number, most: number): number | null {
  if (!/^\d{1,7}$/.test(text.trim())) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}

/** The tiers that have rates of their own, the lowest first, each with those in the order of the bounds. */
export function byTier(rates: DeskRates): readonly (readonly [number, readonly TierRate[]])[] {
  const tiers = [...new Set(rates.items.map(({ tier }) => tier))].sort((one, other) => one - other);
  return tiers.map((tier) => [tier, rates.bounds.flatMap(({ limit }) => ownRate(rates, tier, limit) ?? [])]);
}
