"use client";

import type { NotificationView } from "@cse/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { account } from "@/providers/account";
import { liveStreams } from "@/providers/exchange";
import { useSession } from "@/providers/session";
import { useStreamStatus } from "@/providers/streamStatus";

const PAGE = 20;
/** The stream tells what is new at once; where it does not, it is seen by then, or when somebody comes back. */
const LOOK_MS = 15_000;
const LOOK_BESIDE_STREAM_MS = 300_000;
const LIST_KEY = ["own", "notifications"] as const;
const UNREAD_KEY = ["own", "unread"] as const;

/** How many notifications are not read; undefined while it is not known. */
export function useUnread(): number | undefined {
  const signedIn = useSession((session) => session.state === "user");
  const lookMs = useLookMs();
  useTold();
  return useQuery({
    queryKey: UNREAD_KEY,
    queryFn: ({ signal }) => account().unreadNotifications({ signal }),
    enabled: signedIn,
    refetchInterval: lookMs,
  }).data;
}

/** How often is looked beside what the stream tells. */
function useLookMs(): number {
  return useStreamStatus()?.state === "live" ? LOOK_BESIDE_STREAM_MS : LOOK_MS;
}

/** Takes what the stream tells of this person's notifications. */
function useTold(): void {
  const queries = useQueryClient();
  const person = useSession((session) => session.person);
  useEffect(() => {
    if (person === null) return;
    return liveStreams().subscribe("user.notifications", ({ unread }) => {
      queries.setQueryData(UNREAD_KEY, unread);
      void queries.invalidateQueries({ queryKey: LIST_KEY });
    });
  }, [person, queries]);
}

/** What this person is told of, the latest first, page by page. */
export function useNotifications() {
  const signedIn = useSession((session) => session.state === "user");
  const lookMs = useLookMs();
  const query = useInfiniteQuery({
    queryKey: LIST_KEY,
    enabled: signedIn,
    refetchInterval: lookMs,
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
