"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { tabStorage } from "@/providers/kept/kept";
import { ownFeed, ownStore } from "@/providers/own/own";
import { exchangeOf, useSession } from "@/providers/session";
import { OrderDesk } from "./orders/desk";
import { UnresolvedOrders } from "./orders/unresolved";
import { useOrderWords } from "./orders/useOrderWords";

const DeskContext = createContext<OrderDesk | null>(null);

/** Where orders are sent from; null while nobody is signed in. */
export function useDesk(): OrderDesk | null {
  return useContext(DeskContext);
}

/** Opens a desk for the account that is signed in. */
export function DeskRoom({ children }: { children: ReactNode }) {
  const account = useSession((session) => session.account);
  const onWord = useOrderWords();
  const desk = useMemo(
    () =>
      account === null
        ? null
        : new OrderDesk({
            account,
            client: exchangeOf(account),
            feed: ownFeed(),
            store: ownStore,
            unresolved: new UnresolvedOrders(tabStorage(), account),
            onWord,
          }),
    [account, onWord],
  );
  useEffect(() => {
    desk?.start();
    return () => desk?.stop();
  }, [desk]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}
