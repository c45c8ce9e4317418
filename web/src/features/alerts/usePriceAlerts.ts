"use client";

import type { NewPriceAlert, PriceAlertView } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { account } from "@/providers/account";
import { useSession } from "@/providers/session";
import { moveAlert } from "./moveAlert";
import type { Direction } from "./wish";

/** Under what they are kept among answers. */
export const PRICE_ALERTS = ["own", "price-alerts"] as const;
/** One that is reached is told by the bell; the list follows. */
const LOOK_MS = 15_000;

/** The person's price alerts, what waits first. */
export function usePriceAlerts() {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: PRICE_ALERTS,
    queryFn: ({ signal }) => account().priceAlerts({ signal }),
    enabled: signedIn,
    refetchInterval: LOOK_MS,
  });
}

/** Sets, moves and removes alerts; the list is looked at anew behind each. */
export function usePriceAlertChanges() {
  const queries = useQueryClient();
  const after = async <Done>(work: Promise<Done>): Promise<Done> => {
    try {
      return await work;
    } finally {
      await queries.invalidateQueries({ queryKey: PRICE_ALERTS });
    }
  };
  return {
    set: (alert: NewPriceAlert) => after(account().setPriceAlert(alert)),
    remove: (id: string) => after(account().removePriceAlert(id)),
    move: (alert: PriceAlertView, to: { price: string; direction: Direction }) =>
      after(moveAlert(account(), alert, to)),
  };
}
