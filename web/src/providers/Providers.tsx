"use client";

import { ApiError } from "@cse/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { startPreferences } from "./kept/preferences";
import { type PastOf, pagesKey, startOwn } from "./own/own";
import { startSession, useSession } from "./session";

/** What every page stands in: server state, preferences and who is signed in. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueries);
  useEffect(() => {
    const outdated = (past: PastOf) => void queries.invalidateQueries({ queryKey: pagesKey(past) });
    const stops = [startPreferences(), startSession(), startOwn(outdated)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [queries]);
  useEffect(
    () =>
      useSession.subscribe((now, before) => {
        if (now.person === before.person) return;
        // Nothing of one person may be seen by the next.
        queries.removeQueries({ queryKey: ["own"] });
        // Apart: no page needs it to be shown.
        void import("./kept/followPerson").then(({ followPerson }) => followPerson());
      }),
    [queries],
  );
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

/** Refusals are final; what may pass is tried twice more. Keys of a person's own data begin with `own`. */
function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && !error.retryable),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4_000),
      },
    },
  });
}
