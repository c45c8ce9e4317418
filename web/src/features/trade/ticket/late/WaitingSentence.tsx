"use client";

import type { DraftList, DraftOrder } from "@cse/client";
import { useWaitingSentence } from "./useWaitingSentence";

/** The words of the button for an order that waits, or for several. */
export function WaitingSentence({ order, list }: { order: DraftOrder; list: DraftList | null }) {
  return <>{useWaitingSentence()(order, list)}</>;
}
