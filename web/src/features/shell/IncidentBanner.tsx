"use client";

import { TriangleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { useIncident } from "@/providers/incident";
import styles from "./IncidentBanner.module.css";

/** What operators tell everybody; once read it can be put away until there is another one. */
export default function IncidentBanner() {
  const t = useTranslations("common.incident");
  const incident = useIncident();
  const [read, setRead] = useState<string | null>(null);
  if (incident === null || incident.begun_at === read) return null;
  return (
    <aside className={styles.banner} data-severity={incident.severity} aria-label={t("label")}>
      <Icon of={TriangleAlert} size={16} className={styles.sign} />
      <p role="status">
        <strong>{t(incident.severity)}</strong>{" "}
        <bdi lang={incident.language} dir="auto">
          {incident.text}
        </bdi>
      </p>
      <IconButton size={28} label={t("close")} onClick={() => setRead(incident.begun_at)}>
        <Icon of={X} size={14} />
      </IconButton>
    </aside>
  );
}
