"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { useVerifications } from "./useDesk";

/** Who asks to be verified, the oldest first; or who is, the latest first. */
export function VerificationRoom() {
  const t = useTranslations("admin.verification");
  const format = useFormat();
  const [, show] = useUrlState();
  const [state, setState] = useState<"pending" | "approved">("pending");
  const queue = useVerifications(state);
  return (
    <section className={styles.section} aria-busy={queue.isPending}>
      <div className={styles.line}>
        <h2>{t("title")}</h2>
        <span className={styles.actions}>
          {(["pending", "approved"] as const).map((one) => (
            <Button
              key={one}
              size={32}
              look="quiet"
              aria-pressed={one === state}
              onClick={() => setState(one)}
            >
              {t(`states.${one}`)}
            </Button>
          ))}
        </span>
      </div>
      {state === "pending" && <p className={styles.note}>{t("text")}</p>}
      {queue.isError && !queue.data ? (
        <ErrorState title={t("failed")} error={queue.error} onRetry={() => void queue.refetch()} />
      ) : queue.data?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={styles.requests}>
          {queue.data?.map((one) => (
            <li key={one.id}>
              <div className={styles.line}>
                <p className={styles.what}>
                  <strong>
                    <bdi dir="ltr">{one.email ?? one.person}</bdi>
                  </strong>{" "}
                  <Badge tone="outline">{t(`levels.${one.level}`)}</Badge>{" "}
                  {one.has_hit && <Badge tone="danger">{t("hit")}</Badge>}
                </p>
                <span className={styles.actions}>
                  <Button size={32} onClick={() => show({ verification: one.id }, true)}>
                    {t("open")}
                  </Button>
                </span>
              </div>
              <p className={styles.note}>
                {format.dateTime(one.submitted_at)}
                {one.stage && <> · {t(`stages.${one.stage}`)}</>}
              </p>
            </li>
          )) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
