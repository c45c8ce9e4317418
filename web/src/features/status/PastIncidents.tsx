"use client";

import type { IncidentView } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Skeleton } from "@/components/States";
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import styles from "./Status.module.css";

/** What everybody was told, the latest first, and where to subscribe to it; nothing where nobody answers. */
export function PastIncidents() {
  const t = useTranslations("status");
  const { data, isPending } = useQuery({
    queryKey: ["incidents"],
    queryFn: ({ signal }) =>
      exchange().calls.public<{ items: IncidentView[] }>("/api/incidents", undefined, { signal }),
    retry: false,
  });
  if (!data && !isPending) return null;
  return (
    <section className={styles.section} aria-labelledby="incidents">
      <header className={styles.incidentsHead}>
        <h2 id="incidents">{t("incidents")}</h2>
        <a href="/api/incidents/feed">{t("subscribe")}</a>
      </header>
      {data?.items.length === 0 && <p className={styles.note}>{t("noIncidents")}</p>}
      <ul className={styles.incidents} aria-busy={isPending}>
        {data ? data.items.map((one) => <Incident key={one.id} incident={one} />) : <Skeleton width={24} />}
      </ul>
    </section>
  );
}

function Incident({ incident }: { incident: IncidentView }) {
  const t = useTranslations("status");
  const severity = useTranslations("common.incident");
  const format = useFormat();
  const locale = useLocale();
  const own = locale === "ar" ? incident.texts.ar : undefined;
  const { begun_at: begun, ended_at: ended } = incident;
  return (
    <li data-severity={incident.severity}>
      <p>
        <strong>{severity(incident.severity)}</strong>{" "}
        <bdi lang={own ? locale : "en"} dir="auto">
          {own ?? incident.texts.en}
        </bdi>
      </p>
      <p className={styles.note}>
        <time dateTime={begun}>{format.dateTime(begun)}</time> –{" "}
        {ended === null ? t("goesOn") : <time dateTime={ended}>{format.dateTime(ended)}</time>}
      </p>
    </li>
  );
}
