"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import { useIncident, useIncidentChanged } from "@/providers/incident";
import styles from "./Admin.module.css";

const SEVERITIES = ["notice", "degraded", "outage"] as const;
type Severity = (typeof SEVERITIES)[number];
const TEXT_MAX = 280;

/** What everybody is told just now; beginning and ending that. */
export function Incident({ sets }: { sets: boolean }) {
  const t = useTranslations("admin.incident");
  const common = useTranslations("common.incident");
  const format = useFormat();
  const incident = useIncident();
  const changed = useIncidentChanged();
  const [telling, setTelling] = useState(false);
  const { busy, error, act } = useAct();
  return (
    <section className={styles.section}>
      <h2>{t("title")}</h2>
      <div className={styles.line}>
        {incident === null ? (
          <p className={styles.quiet}>{t("none")}</p>
        ) : (
          <p>
            <Badge tone={incident.severity === "outage" ? "danger" : "warn"}>
              {common(incident.severity)}
            </Badge>{" "}
            <bdi dir="auto">{incident.text}</bdi>{" "}
            <span className={styles.quiet}>{t("since", { at: format.dateTime(incident.begun_at) })}</span>
          </p>
        )}
        {sets && (
          <span className={styles.actions}>
            {incident !== null && (
              <Button
                size={32}
                busy={busy}
                onClick={() => act(() => withStepUp(() => desk().endIncident()).finally(changed))}
              >
                {t("end")}
              </Button>
            )}
            <Button size={32} onClick={() => setTelling(true)}>
              {t("begin")}
            </Button>
          </span>
        )}
      </div>
      {error !== null && <FieldNote error={error} />}
      {telling && <Telling onClose={() => setTelling(false)} />}
    </section>
  );
}

function Telling({ onClose }: { onClose(): void }) {
  const t = useTranslations("admin.incident");
  const words = useTranslations("common");
  const form = useId();
  const changed = useIncidentChanged();
  const [severity, setSeverity] = useState<Severity>("degraded");
  const [english, setEnglish] = useState("");
  const [arabic, setArabic] = useState("");
  const { busy, error, act } = useAct();
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || english.trim() === "") return;
    const ar = arabic.trim();
    const texts = { en: english.trim(), ...(ar && { ar }) };
    act(async () => {
      await withStepUp(() => desk().beginIncident({ severity, texts }));
      await changed();
      onClose();
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("begin")}
      actions={
        <>
          <Button onClick={onClose}>{words("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("tell")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <p>{t("text")}</p>
        <Select<Severity>
          label={t("severity")}
          value={severity}
          onValue={setSeverity}
          options={SEVERITIES.map((value) => ({ value, label: words(`incident.${value}`) }))}
        />
        <TextField
          label={t("english")}
          lang="en"
          dir="ltr"
          value={english}
          maxLength={TEXT_MAX}
          onChange={(event) => setEnglish(event.target.value)}
        />
        <TextField
          label={t("arabic")}
          lang="ar"
          dir="rtl"
          hint={t("arabicHint")}
          value={arabic}
          maxLength={TEXT_MAX}
          onChange={(event) => setArabic(event.target.value)}
        />
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
