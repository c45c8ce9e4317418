"use client";

import type { CostMethod, PortfolioPeriod, ValueHistory } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useOwn } from "./own/own";
import { exchangeOf, useSession } from "./session";

const AGAIN_MS = 30_000;
const SETTLED_MS = 1_000;

/**
 * What the account's positions cost and gained; asked again whenever its balances change. One answer serves
 * all who look at the same, on whichever page.
 */
export function usePortfolio(cost: CostMethod, wanted = true) {
  const { account, signedIn } = useWho();
  const query = useQuery({
    queryKey: ["own", "portfolio", account, cost],
    enabled: signedIn && wanted,
    refetchInterval: AGAIN_MS,
    queryFn: ({ signal }) => exchangeOf(account).portfolio(cost, { signal }),
  });
  useAskedAgain(query.refetch, signedIn && wanted);
  return query;
}

/**
 * What the account was worth over a period; of another period while that of this one comes, but never of
 * another account. `isOld` says that balances have changed since it was told.
 */
export function usePortfolioValue(period: PortfolioPeriod) {
  const { account, signedIn } = useWho();
  const query = useQuery<ValueHistory>({
    queryKey: ["own", "portfolio-value", account, period],
    enabled: signedIn,
    refetchInterval: AGAIN_MS * 2,
    placeholderData: (before, of) => (of?.queryKey[2] === account ? before : undefined),
    queryFn: ({ signal }) => exchangeOf(account).portfolioValue(period, { signal }),
  });
  const isOld = useAskedAgain(query.refetch, signedIn);
  return { data: query.data, isOld };
}

/** Has it asked again once balances have changed and settled: fills come in flocks. Whether they have since. */
function useAskedAgain(refetch: () => Promise<unknown>, signedIn: boolean): boolean {
  const balances = useOwn((state) => state.balances);
  const first = useRef(balances);
  const [answered, setAnswered] = useState(balances);
  useEffect(() => {
    if (!signedIn || first.current === balances) return;
    let left = false;
    const later = setTimeout(() => {
      void refetch().then(() => left || setAnswered(balances));
    }, SETTLED_MS);
    return () => {
      left = true;
      clearTimeout(later);
    };
  }, [balances, signedIn, refetch]);
  return answered !== balances;
}

function useWho() {
  const account = useSession((state) => state.account);
  const signedIn = useSession((state) => state.state === "user");
  return { account, signedIn };
}
