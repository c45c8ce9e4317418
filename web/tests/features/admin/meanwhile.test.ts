import { expect, it } from "vitest";
import { changedMeanwhile } from "@/features/admin/Meanwhile";

const field = (name: string, now: string) => ({ name, kind: "count" as const, now });

it("tells what is another by now than was seen, and nothing of the rest", () => {
  const seen = [field("price_band_ppm", "5"), field("interruption_ppm", "7")];
  const now = [field("price_band_ppm", "9"), field("interruption_ppm", "7")];
  expect(changedMeanwhile(seen, now)).toEqual([{ name: "price_band_ppm", before: "5", after: "9" }]);
  expect(changedMeanwhile(seen, seen)).toEqual([]);
});
