"use client";

import type { JobMail } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";
import { Queues } from "./Queues";
import { useDeskChanged, useJobs } from "./useDesk";

const REASON_MAX = 200;

/** What waits, mails that were tried in vain, and commands that the core refused. */
export function JobsRoom({ sets }: { sets: boolean }) {
  const t = useTranslations("admin.jobs");
  const format = useFormat();
  const jobs = useJobs();
  if (jobs.isError && !jobs.data) {
    return <ErrorState title={t("failedToShow")} error={jobs.error} onRetry={() => void jobs.refetch()} />;
  }
  return (
    <>
      <Queues queues={jobs.data?.queues} />
      <section className={styles.section} aria-busy={jobs.isPending}>
        <h2>{t("mails")}</h2>
        {jobs.data?.mails.length === 0 && <Empty title={t("noMails")} />}
        <ul className={styles.requests}>
          {jobs.data?.mails.map((mail) => (
            <Mail key={mail.id} mail={mail} sets={sets} />
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-busy={jobs.isPending}>
        <h2>{t("refused")}</h2>
        <p className={styles.note}>{t("refusedText")}</p>
        {jobs.data?.refused.length === 0 && <Empty title={t("noRefused")} />}
        <ul className={styles.past}>
          {jobs.data?.refused.map((one) => (
            <li key={`${one.outbox}${one.number}`}>
              <time dateTime={one.at}>{format.dateTime(one.at)}</time>
              <Badge tone="outline">{one.outbox}</Badge>
              <div className={styles.what}>
                <bdi dir="ltr">{one.code}</bdi> <code className="mono">{one.number}</code>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function Mail({ mail, sets }: { mail: JobMail; sets: boolean }) {
  const t = useTranslations("admin.jobs");
  const format = useFormat();
  const changed = useDeskChanged();
  const [asks, setAsks] = useState<"retry" | "giveUp" | null>(null);
  const waits = mail.state === "waiting";
  const states = { waiting: "waits", refused: "refusedMail", "given up": "givenUp" } as const;
  const state = states[mail.state as keyof typeof states];
  const act = asks === "retry" ? desk().retryMail.bind(desk()) : desk().giveUpMail.bind(desk());
  return (
    <li>
      <div className={styles.line}>
        <p className={styles.what}>
          <strong>
            <bdi dir="ltr">{mail.kind}</bdi>
          </strong>{" "}
          <bdi dir="ltr">{mail.recipient}</bdi>{" "}
          <Badge tone={waits ? "warn" : "danger"}>{state ? t(`states.${state}`) : mail.state}</Badge>
        </p>
        {sets && (
          <span className={styles.actions}>
            {waits && (
              <Button size={32} onClick={() => setAsks("giveUp")}>
                {t("giveUp")}
              </Button>
            )}
            {mail.retriable && (
              <Button size={32} onClick={() => setAsks("retry")}>
                {t("retry")}
              </Button>
            )}
          </span>
        )}
      </div>
      <p className={styles.what}>
        <bdi dir="ltr">{mail.last_failure}</bdi>
      </p>
      <p className={styles.note}>
        {format.dateTime(mail.created_at)} · {t("tries", { count: mail.tries })}
        {mail.next_try_at && <> · {t("nextTry", { at: format.dateTime(mail.next_try_at) })}</>}
      </p>
      {asks && (
        <TextDialog
          title={t(asks)}
          label={t("reason")}
          action={t(asks)}
          lengthMax={REASON_MAX}
          save={(reason) => withStepUp(() => act(mail.id, reason.trim())).finally(changed)}
          onClose={() => setAsks(null)}
        />
      )}
    </li>
  );
}
