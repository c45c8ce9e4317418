"use client";

import type { DeskRequest } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";
import { Changes, changesOf } from "./Changes";
import { useDeskChanged, useRequests } from "./useDesk";

const REASON_MAX = 200;
const TONES = {
  open: "warn",
  approved: "good",
  refused: "danger",
  withdrawn: "plain",
  expired: "plain",
} as const;

/** What takes two operators: what waits for the second, and what became of the rest. */
export function RequestsRoom() {
  const t = useTranslations("admin.requests");
  const requests = useRequests();
  return (
    <section className={styles.section} aria-busy={requests.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.note}>{t("text")}</p>
      {requests.isError && !requests.data ? (
        <ErrorState title={t("failed")} error={requests.error} onRetry={() => void requests.refetch()} />
      ) : requests.data?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={styles.requests}>
          {requests.data?.map((request) => <Request key={request.id} request={request} />) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Request({ request }: { request: DeskRequest }) {
  const t = useTranslations("admin.requests");
  const format = useFormat();
  const changed = useDeskChanged();
  const [refuses, setRefuses] = useState(false);
  const { busy, error, act } = useAct();
  const run = (work: () => Promise<unknown>) => act(() => withStepUp(work).finally(changed));
  const known = t.has(`acts.${request.act as "unfreeze"}`);
  return (
    <li>
      <div className={styles.line}>
        <p className={styles.what}>
          <strong>{known ? t(`acts.${request.act as "unfreeze"}`) : request.act}</strong>{" "}
          <bdi dir="ltr">{request.subject_email ?? request.subject}</bdi>{" "}
          <Badge tone={TONES[request.state]}>{t(`states.${request.state}`)}</Badge>
        </p>
        {request.state === "open" && (
          <span className={styles.actions}>
            {request.decidable && (
              <>
                <Button size={32} onClick={() => setRefuses(true)}>
                  {t("refuse")}
                </Button>
                <Button
                  size={32}
                  look="primary"
                  busy={busy}
                  onClick={() => run(() => desk().approve(request.id))}
                >
                  {t("approve")}
                </Button>
              </>
            )}
            {request.own && (
              <Button size={32} busy={busy} onClick={() => run(() => desk().withdraw(request.id))}>
                {t("withdraw")}
              </Button>
            )}
          </span>
        )}
      </div>
      <Changes items={changesOf(request.before, request.after)} />
      <p className={styles.what}>
        <bdi dir="auto">{request.reason}</bdi>
      </p>
      <p className={styles.note}>
        {t("askedBy", { who: request.asked_by.email ?? request.asked_by.name })} ·{" "}
        {format.dateTime(request.asked_at)}
        {request.state === "open" && <> · {t("until", { at: format.dateTime(request.expires_at) })}</>}
        {request.decided_by && request.state !== "withdrawn" && (
          <>
            {" "}
            · {t("decidedBy", { who: request.decided_by.email ?? request.decided_by.name })}
            {request.decision_reason && `: ${request.decision_reason}`}
          </>
        )}
        {request.failure && <> · {t("failure", { code: request.failure })}</>}
      </p>
      {request.own && request.state === "open" && <p className={styles.note}>{t("ownText")}</p>}
      {error !== null && <FieldNote error={error} />}
      {refuses && (
        <TextDialog
          title={t("refuse")}
          label={t("reason")}
          action={t("refuse")}
          lengthMax={REASON_MAX}
          save={(reason) => withStepUp(() => desk().refuse(request.id, reason.trim())).finally(changed)}
          onClose={() => setRefuses(false)}
        />
      )}
    </li>
  );
}
