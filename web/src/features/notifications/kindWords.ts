"use client";

import { type NotificationView, pairOf } from "@cse/client";
import { type Messages, useTranslations } from "next-intl";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";

type Kind = keyof Messages["notifications"]["kinds"];

/** Where one can see more of it. */
const PLACES: Record<NotificationView["topic"], string> = {
  security: "/settings#activity",
  orders: "/portfolio",
  transfers: "/portfolio",
  operators: "/settings",
  alerts: "/notifications?tab=alerts",
};

/** What has a place of its own. */
const OWN_PLACES: Readonly<Record<string, string>> = { export_ready: "/settings#data" };

/** Fills are told by what they came to. */
const TRADED: Readonly<Record<string, Kind>> = { buy: "bought", sell: "sold" };

/** What a notification says, from where it was done, and where it leads. */
export function useKindWords(): (one: NotificationView) => { title: string; from: string[]; href: string } {
  const t = useTranslations("notifications");
  const alerts = useTranslations("alerts");
  const format = useFormat();
  const main = useSession((session) => session.mainAccount);
  return ({ kind, topic, count, facts }) => {
    const told = ((kind === "traded" && TRADED[facts.side ?? ""]) || kind) as Kind;
    const title =
      kind === "price_reached"
        ? alerts("reached", { market: pairOf(facts.market ?? ""), price: format.decimal(facts.price) })
        : t.has(`kinds.${told}`)
          ? t(`kinds.${told}`, {
              count,
              market: facts.market ?? "",
              amount: format.decimal(facts.amount),
              asset: facts.asset ?? "",
              name: facts.name ?? "",
              change: facts.change ?? "",
            })
          : kind;
    const other = facts.account !== undefined && facts.account !== main;
    const from = [
      facts.client,
      facts.platform,
      facts.address,
      other ? t("account", { account: facts.account ?? "" }) : undefined,
    ].filter((part) => part !== undefined);
    const place = facts.market ? `/trade/${facts.market}` : (OWN_PLACES[kind] ?? PLACES[topic]);
    // What waits in an organisation is looked at there.
    const waits = facts.organisation && `/organisations?id=${facts.organisation}&tab=requests`;
    return { title, from, href: waits || place };
  };
}
