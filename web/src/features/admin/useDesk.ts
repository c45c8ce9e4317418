"use client";

import type { AuditSought } from "@cse/client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { desk } from "@/providers/desk";
import { useSession } from "@/providers/session";
import { review } from "@/providers/verification";

const LOOK_MS = 5_000;

/** What the operator who looks may do; asked for once somebody is signed in. */
export function useOwnRoles() {
  const person = useSession((session) => session.person);
  return useQuery({
    queryKey: ["own", "roles", person],
    queryFn: ({ signal }) => desk().self({ signal }),
    enabled: person !== null,
  });
}

export function useOverview() {
  return useQuery({
    queryKey: ["own", "desk", "overview"],
    queryFn: ({ signal }) => desk().overview({ signal }),
    refetchInterval: LOOK_MS,
  });
}

export function usePeople(sought: string) {
  return useQuery({
    queryKey: ["own", "desk", "people", sought],
    queryFn: ({ signal }) => desk().people(sought, { signal }),
    enabled: sought !== "",
  });
}

const personKey = (id: string) => ["own", "desk", "person", id] as const;

export function usePerson(id: string) {
  return useQuery({ queryKey: personKey(id), queryFn: ({ signal }) => desk().person(id, { signal }) });
}

/** A person's past, page by page. */
export function useTimeline(id: string) {
  return useInfiniteQuery({
    queryKey: [...personKey(id), "timeline"],
    queryFn: ({ pageParam, signal }) => desk().timeline(id, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Has all that is shown of a person looked at anew. */
export function usePersonChanged(id: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: personKey(id) });
}

export function useDeskMarkets() {
  return useQuery({
    queryKey: ["own", "desk", "markets"],
    queryFn: ({ signal }) => desk().markets({ signal }),
    refetchInterval: LOOK_MS,
  });
}

export function useRequests() {
  return useQuery({
    queryKey: ["own", "desk", "requests"],
    queryFn: ({ signal }) => desk().requests({ signal }),
    refetchInterval: LOOK_MS,
  });
}

export function useVerifications(state: "pending" | "approved") {
  return useQuery({
    queryKey: ["own", "desk", "verifications", state],
    queryFn: ({ signal }) => review().queue(state, { signal }),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
}

/** An application; each look is recorded, so it is asked for once. */
export function useReviewed(id: string) {
  return useQuery({
    queryKey: ["own", "desk", "verification", id],
    queryFn: ({ signal }) => review().one(id, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useJobs() {
  return useQuery({
    queryKey: ["own", "desk", "jobs"],
    queryFn: ({ signal }) => desk().jobs({ signal }),
    refetchInterval: LOOK_MS,
  });
}

export function useAuditChain() {
  return useQuery({
    queryKey: ["own", "desk", "chain"],
    queryFn: ({ signal }) => desk().auditChain({ signal }),
  });
}

export function useAuditActs() {
  return useQuery({
    queryKey: ["own", "desk", "acts"],
    queryFn: ({ signal }) => desk().auditActs({ signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The audit log, page by page. */
export function useAudit(sought: AuditSought) {
  return useInfiniteQuery({
    queryKey: ["own", "desk", "audit", sought],
    queryFn: ({ pageParam, signal }) => desk().audit(sought, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    retry: false,
  });
}

/** Settings that operators changed, page by page. */
export function useChanges(subject: string) {
  return useInfiniteQuery({
    queryKey: ["own", "desk", "changes", subject],
    queryFn: ({ pageParam, signal }) => desk().changes(subject, pageParam, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    retry: false,
  });
}

/** Has all that the desk shows looked at anew. */
export function useDeskChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["own", "desk"] });
}
