"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Empty } from "@/components/States";
import { AlertForm } from "@/features/alerts/AlertForm";
import { AlertLists } from "@/features/alerts/AlertLists";
import { usePriceAlerts } from "@/features/alerts/usePriceAlerts";
import { useReturnTo } from "@/features/shell/returnTo";
import { useListings } from "@/providers/market/markets";
import { useSession } from "@/providers/session";
import { useRoom } from "../../MarketRoom";

/** The form of an alert in this market, and the alerts that there are of it. */
export function AlertDialog({ at, onClose }: { at: string; onClose: () => void }) {
  const t = useTranslations("desk.alerts");
  const common = useTranslations("common");
  const { listing } = useRoom();
  const { data: listings } = useListings();
  const { data: alerts } = usePriceAlerts();
  const visitor = useSession((session) => session.state === "visitor");
  const returnTo = useReturnTo();
  const here = alerts?.filter(({ market }) => market === listing.market) ?? [];
  return (
    <Dialog open onClose={onClose} title={t("title")}>
      {visitor ? (
        <Empty
          title={t("visitor")}
          action={
            <ButtonLink href={`/sign-in${returnTo}`} size={32}>
              {common("signIn")}
            </ButtonLink>
          }
        />
      ) : (
        listings && (
          <>
            <AlertForm listings={listings} first={listing} typed={at} onSet={onClose} />
            {here.length > 0 && <AlertLists alerts={here} listings={listings} />}
          </>
        )
      )}
    </Dialog>
  );
}
