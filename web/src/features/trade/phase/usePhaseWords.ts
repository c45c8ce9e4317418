"use client";

import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import { isOpening, mayInterrupt, type Phase } from "./phase";

interface PhaseWords {
  /** What goes on. */
  title: string;
  /** What may be done now and what ends it. */
  text: string;
  /** By what auctions begin in this market, where it may have been either; else null. */
  begins: string | null;
}

/** A phase other than open trading in words. */
export function usePhaseWords(phase: Exclude<Phase, "open">): PhaseWords {
  const t = useTranslations("trade.phase");
  const { feed } = useRoom();
  const format = useFormat();
  const opening = useStore(feed, ({ ticker }) => isOpening(ticker));
  const interrupts = useStore(feed, ({ rules, ticker }) => mayInterrupt(rules, ticker));
  const move = useStore(feed, ({ rules }) => rules?.interruption_ppm ?? 0);
  const seconds = useStore(feed, ({ rules }) => rules?.interruption_window_s ?? 0);
  const percent = format.percent(BigInt(move), false);
  return {
    title: t(`titles.${phase}`),
    text: t(`texts.${phase === "auction" && opening ? "opening" : phase}`),
    begins: phase === "auction" && interrupts ? t("begins", { percent, seconds }) : null,
  };
}
