/** How a person likes the tape: kept for all markets alike. */

import * as z from "zod/mini";
import { create } from "zustand";
import { browserStorage, keep, onKeptElsewhere, readKept } from "@/providers/kept";

const KEY = "cse.tape";

/** From what worth on a trade is shown, in whole units of the quote asset. */
export const LEAST = ["0", "100", "1000", "10000", "100000"] as const;
export type Least = (typeof LEAST)[number];

const KEPT = z.object({
  least: z.enum(LEAST),
  /** Whether trades of one millisecond, side and price are one row. */
  bundled: z.boolean(),
});

type Kept = z.infer<typeof KEPT>;

interface TapeSettings extends Kept {
  showFrom(least: Least): void;
  bundle(bundled: boolean): void;
}

const AT_FIRST: Kept = { least: "0", bundled: false };

export const useTapeSettings = create<TapeSettings>((set, get) => {
  const change = (change: Partial<Kept>) => {
    set(change);
    const { least, bundled } = get();
    keep(browserStorage(), KEY, { least, bundled });
  };
  const read = () => readKept(browserStorage(), KEY, KEPT, AT_FIRST);
  onKeptElsewhere(KEY, () => set(read()));
  return {
    ...read(),
    showFrom: (least) => change({ least }),
    bundle: (bundled) => change({ bundled }),
  };
});
