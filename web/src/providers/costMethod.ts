"use client";

import type { CostMethod } from "@cse/client";
import { create } from "zustand";
import { browserStorage, keep, readKept } from "./kept";

export const COST_METHODS: readonly CostMethod[] = ["average", "fifo", "lifo"];
const COST_KEY = "cse.cost";

interface CostChoice {
  readonly cost: CostMethod;
  choose(cost: CostMethod): void;
}

/** Which units are taken to leave first, as this browser was told. */
export const useCostMethod = create<CostChoice>((set) => ({
  cost: readKept<CostMethod>(browserStorage(), COST_KEY, { safeParse: costOf }, "average"),
  choose: (cost) => {
    keep(browserStorage(), COST_KEY, cost);
    set({ cost });
  },
}));

function costOf(value: unknown): { success: true; data: CostMethod } | { success: false } {
  const known = COST_METHODS.find((one) => one === value);
  return known ? { success: true, data: known } : { success: false };
}
