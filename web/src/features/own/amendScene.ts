"use client";

import { createContext } from "react";
import type { AmendScene } from "./useAmend";

/** Book and last price of a market where a page follows them; without them an amend is estimated by what is left. */
export const AmendScenes = createContext<(market: string) => Pick<AmendScene, "book" | "last"> | null>(
  () => null,
);
