"use client";

import type { NotificationView } from "@cse/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { account } from "@/providers/account";
import { useSession } from "@/providers/session";

const PAGE = 20;
/** What is new is told by then at the latest; sooner, when somebody comes back to the page. */
const LOOK_MS = 15_000;
const LIST_KEY = ["own", "notifications"] as const;
const UNREAD_KEY = ["own", "unread"] as const;

/** How many notifications are not read; undefined while it is not known. */
export function useUnread(): number | undefined {
  const signedIn = useSession((session) => session.state === "user");
  return useQuery({
    queryKey: UNREAD_KEY,
    queryFn: ({ signal }) => account().unreadNotifications({ signal }),
    enabled: signedIn,
    refetchInterval: LOOK_MS,
  }).data;
}

/** What this person is told of, the latest first, page by page. */
export function useNotifications() {
  const signedIn = useSession((session) => session.state === "user");
  const query = useInfiniteQuery({
    queryKey: LIST_KEY,
    enabled: signedIn,
    refetchInterval: LOOK_MS,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      account().notifications({ limit: PAGE, cursor: pageParam }, { signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const items: readonly NotificationView[] | undefined = query.data?.pages.flatMap((page) => page.items);
  return { ...query, items };
}

/** Marks as read; what came meanwhile stays as it is. */
export function useMarkRead(): (which: { id: string } | { up_to: string }) => Promise<void> {
  const queries = useQueryClient();
  return async (which) => {
    try {
      await account().readNotifications(which);
    } finally {
      await Promise.all([LIST_KEY, UNREAD_KEY].map((queryKey) => queries.invalidateQueries({ queryKey })));
    }
  };
}
