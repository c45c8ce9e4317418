"use client";

import type { IncidentView, SystemFrame } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useEffect, useState } from "react";
import { exchange, liveStreams } from "./exchange";
import { useStreamStatus } from "./streamStatus";

const INCIDENT_KEY = ["incident"] as const;
const LOOK_MS = 30_000;
/** For so long a process may tell what it knew, with some to spare. */
const TOLD_MS = 1_500;

type Incident = Pick<NonNullable<SystemFrame["incident"]>, "severity" | "begun_at"> & {
  readonly texts: Readonly<Record<string, string | null | undefined>>;
};

/** An incident with its text in the reader's language, or else in English. */
export interface Told extends Incident {
  readonly text: string;
  readonly language: string;
}

/**
 * What everybody is to know just now, in the reader's language; null where there is nothing, or nobody said.
 * The streams tell it; it is asked for again and again only while they are not there.
 */
export function useIncident(): Told | null {
  const locale = useLocale();
  const heard = useHeard();
  const { data } = useQuery({
    queryKey: INCIDENT_KEY,
    // Not by the desk's client, whose code every page would load.
    queryFn: ({ signal }) =>
      exchange().calls.public<{ incident: IncidentView | null }>("/api/incident", undefined, { signal }),
    enabled: heard === undefined,
    refetchInterval: LOOK_MS,
    retry: false,
  });
  const incident: Incident | null | undefined = heard === undefined ? data?.incident : heard;
  if (!incident) return null;
  const own = locale === "ar" ? incident.texts.ar : undefined;
  return { ...incident, text: own ?? incident.texts.en ?? "", language: own ? locale : "en" };
}

/** What the streams tell; undefined while they are not live, and before they have said it. */
function useHeard(): Incident | null | undefined {
  const [said, setSaid] = useState<Incident | null>();
  const live = useStreamStatus()?.state === "live";
  useEffect(() => liveStreams().subscribe("system", ({ incident }) => setSaid(incident)), []);
  return live ? said : undefined;
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
