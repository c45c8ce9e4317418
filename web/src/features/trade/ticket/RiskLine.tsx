"use client";

import { useTranslations } from "next-intl";
import { heldOf } from "@/providers/own/available";
import { useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import styles from "./Ticket.module.css";

/** One plain line beside a first buy: what a creator's token is not, and what can happen to it. */
export function RiskLine() {
  const t = useTranslations("trade.info");
  const { listing } = useRoom();
  const balances = useOwn((state) => state.balances);
  const held = heldOf(balances, listing)?.held ?? 0n;
  if (!listing.creator || held > 0n) return null;
  return <p className={styles.risk}>{t("risk")}</p>;
}
