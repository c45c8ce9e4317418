"use client";

import type { SecurityEventView } from "@cse/client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { account } from "@/providers/account";
import { EVENTS_KEY } from "@/providers/guarding";
import { useSession } from "@/providers/session";

const PAGE = 10;

/** What happened to this person's account, the latest first, page by page. */
export function useEvents() {
  const signedIn = useSession((session) => session.state === "user");
  const query = useInfiniteQuery({
    queryKey: EVENTS_KEY,
    enabled: signedIn,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      account().securityEvents({ limit: PAGE, cursor: pageParam }, { signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const events: readonly SecurityEventView[] | undefined = query.data?.pages.flatMap((page) => page.items);
  return { ...query, events };
}
