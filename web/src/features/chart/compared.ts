import { create } from "zustand";

/** The market that the chart is compared with; two are compared by their changes, whatever the scale is else. */
export const useCompared = create<{ market: string | null }>(() => ({ market: null }));
