"use client";

import type { IncidentView } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { exchange } from "./exchange";

const INCIDENT_KEY = ["incident"] as const;
const LOOK_MS = 30_000;
/** For so long a process may tell what it knew, with some to spare. */
const TOLD_MS = 1_500;

/** An incident with its text in the reader's language, or else in English. */
export interface Told extends IncidentView {
  readonly text: string;
  readonly language: string;
}

/** What everybody is to know just now, in the reader's language; null where there is nothing, or nobody said. */
export function useIncident(): Told | null {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: INCIDENT_KEY,
    // Not by the desk's client, whose code every page would load.
    queryFn: ({ signal }) =>
      exchange().calls.public<{ incident: IncidentView | null }>("/api/incident", undefined, { signal }),
    refetchInterval: LOOK_MS,
    retry: false,
  });
  const incident = data?.incident;
  if (!incident) return null;
  const own = locale === "ar" ? incident.texts.ar : undefined;
  return { ...incident, text: own ?? incident.texts.en, language: own ? locale : "en" };
}

/** Has everybody's incident looked at anew, and once more when no process tells the one before any longer. */
export function useIncidentChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => {
    const look = () => queries.invalidateQueries({ queryKey: INCIDENT_KEY });
    setTimeout(look, TOLD_MS);
    return look();
  };
}
