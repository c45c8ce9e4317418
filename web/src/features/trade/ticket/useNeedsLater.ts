"use client";

import { useStore } from "zustand";
import { useRoom } from "../MarketRoom";
import { isWaiting } from "./kinds";

/** Whether the ticket needs its later parts: a kind that has them, more options, or an order to review soon. */
export function useNeedsLater(): boolean {
  const { draft } = useRoom();
  return useStore(
    draft,
    ({ type, exits, advanced, timeInForce, size, spend }) =>
      isWaiting(type) || exits || advanced || timeInForce === "gtd" || size !== "" || spend !== "",
  );
}
