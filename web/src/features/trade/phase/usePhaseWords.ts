"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import type { AuctionReason, Phase } from "./phase";

export interface PhaseWords {
  /** What goes on. */
  title: string;
  /** What may be done now and what ends it. */
  text: string;
}

/** A phase other than open trading in words; of an auction also why it is held. */
export function usePhaseWords(phase: Exclude<Phase, "open">, reason: AuctionReason | null): PhaseWords {
  const t = useTranslations("trade.phase");
  const { feed } = useRoom();
  const format = useFormat();
  const move = useStore(feed, (state) => state.rules?.interruption_ppm ?? 0);
  const window = useStore(feed, (state) => state.rules?.interruption_window_s ?? 0);
  if (phase !== "auction") return { title: t(`titles.${phase}`), text: t(`texts.${phase}`) };
  const percent = format.percent(BigInt(move), false);
  return {
    title: t(`titles.${reason ?? "called"}`),
    text: t(`texts.${reason ?? "called"}`, { percent, seconds: window }),
  };
}
