/** How a person likes the tape: kept for all markets alike. */

import * as z from "zod/mini";
import { keptStore } from "@/providers/kept/keptStore";

/** From what worth on a trade is shown, in whole units of the quote asset. */
export const LEAST = ["0", "100", "1000", "10000", "100000"] as const;
type Least = (typeof LEAST)[number];

const KEPT = z.object({
  least: z.enum(LEAST),
  /** Whether trades of one millisecond, side and price are one row. */
  bundled: z.boolean(),
});

type Kept = z.infer<typeof KEPT>;

const AT_FIRST: Kept = { least: "0", bundled: false };

export const useTapeSettings = keptStore("cse.tape", KEPT, AT_FIRST, (change) => ({
  showFrom: (least: Least) => change({ least }),
  bundle: (bundled: boolean) => change({ bundled }),
}));
