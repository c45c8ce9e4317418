"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { exchange, liveStreams } from "@/providers/exchange";
import { tabStorage } from "@/providers/kept";
import { useSession } from "@/providers/session";
import { type AccountStore, emptyAccount } from "./orders/accountStore";
import { OrderDesk } from "./orders/desk";
import { UnresolvedOrders } from "./orders/unresolved";
import { useOrderWords } from "./orders/useOrderWords";

/** What is a person's own: their orders, fills and balances, and where orders are sent from. */
export interface Account {
  readonly store: AccountStore;
  /** Null while nobody is signed in. */
  readonly desk: OrderDesk | null;
}

const AccountContext = createContext<Account | null>(null);

export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) throw new Error("This part stands outside of the trade page");
  return account;
}

/** Follows the account that is signed in; another person starts from nothing. */
export function AccountRoom({ children }: { children: ReactNode }) {
  const account = useSession((session) => session.account);
  const [store] = useState(emptyAccount);
  const onWord = useOrderWords();
  const desk = useMemo(
    () =>
      account === null
        ? null
        : new OrderDesk({
            client: exchange(),
            streams: liveStreams(),
            store,
            unresolved: new UnresolvedOrders(tabStorage(), account),
            onWord,
          }),
    [account, store, onWord],
  );
  useEffect(() => {
    desk?.start();
    return () => desk?.stop();
  }, [desk]);
  const value = useMemo(() => ({ store, desk }), [store, desk]);
  return <AccountContext value={value}>{children}</AccountContext>;
}
