"use client";

import type { CostMethod } from "@cse/client";
import type { Schema } from "./kept";
import { keptStore } from "./keptStore";

interface Kept {
  readonly cost: CostMethod;
}

export const COST_METHODS = ["average", "fifo", "lifo"] as const satisfies readonly CostMethod[];

/** By hand: a library for it would be fetched with the page. Versions before kept the method's name alone. */
const KEPT: Schema<Kept> = {
  safeParse: (value) => {
    const kept = typeof value === "string" ? value : (value as { cost?: unknown } | null)?.cost;
    const cost = COST_METHODS.find((one) => one === kept);
    return cost ? { success: true, data: { cost } } : { success: false };
  },
};
const AT_FIRST: Kept = { cost: "average" };

/** Which units are taken to leave first, as this browser was told. */
export const useCostMethod = keptStore("cse.cost", KEPT, AT_FIRST, (change) => ({
  choose: (cost: CostMethod) => change({ cost }),
}));
