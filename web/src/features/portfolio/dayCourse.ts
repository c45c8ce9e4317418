import { formatUnits } from "@cse/client";
import { type ChartPoint, chartPoint } from "@/components/areaGeometry";
import type { Valuation } from "@/features/own/valuation";
import { worth } from "@/features/own/worth";
import type { SparkLine } from "@/providers/market/candles";
import { VALUE_ASSET } from "@/providers/market/markets";

type Day = Omit<SparkLine, "values">;

/**
 * What the total counts, at the prices of a day: not what the portfolio was worth, but what these
 * amounts were. Empty where a price of the day is not known.
 */
export function dayOfHoldings(value: Valuation, days: ReadonlyMap<string, Day>): ChartPoint[] {
  let money = 0n;
  const parts: { units: bigint; decimals: number; day: Day }[] = [];
  for (const { value: now, asset, total, listing } of value.holdings) {
    if (now === null) continue;
    if (asset.asset === VALUE_ASSET) {
      money += total;
      continue;
    }
    const day = listing ? days.get(listing.market) : undefined;
    if (!day || day.closes.length < 2) return [];
    parts.push({ units: total, decimals: asset.decimals, day });
  }
  const [first, ...others] = parts.map(({ day }) => day);
  if (!first) return [];
  const shortest = others.reduce(
    (least, day) => (day.closes.length < least.closes.length ? day : least),
    first,
  );
  const count = shortest.closes.length;
  return shortest.closes.map((_, index) => {
    const units = parts.reduce((sum, { units, decimals, day }) => {
      return (
        sum + worth(units, decimals, day.closes[day.closes.length - count + index] ?? "0", value.decimals)
      );
    }, money);
    return chartPoint(shortest.start + (index + 1) * shortest.stepMs, formatUnits(units, value.decimals));
  });
}
