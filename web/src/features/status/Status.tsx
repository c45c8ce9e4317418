"use client";

import { useTranslations } from "next-intl";
import { StateDot } from "@/components/Chip";
import { Unknown } from "@/components/Figures";
import { ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useStaleSeconds } from "@/providers/stale";
import { useStreamStatus } from "@/providers/streamStatus";
import { useHealth } from "./health";
import { PastIncidents } from "./PastIncidents";
import styles from "./Status.module.css";

/** Whether the exchange works, as seen from this browser; the page itself needs none of it. */
export function Status() {
  const t = useTranslations("status");
  const format = useFormat();
  const health = useHealth();
  const stream = useStreamStatus();
  const staleSeconds = useStaleSeconds();
  const down = health.isError;
  const live = stream?.state === "live" && staleSeconds === null;
  const summary = health.isPending
    ? "checking"
    : down
      ? "down"
      : health.data?.ready && live
        ? "good"
        : "partly";
  const ms = (value: number | null | undefined) =>
    value == null ? (
      <Unknown />
    ) : (
      <span className="figure">{t("ms", { ms: format.count(Math.round(value)) })}</span>
    );

  return (
    <div className={styles.page}>
      <h1 className={styles.summary} data-state={summary} aria-live="polite">
        <span className={styles.light} aria-hidden />
        {t(`summaries.${summary}`)}
      </h1>
      <p className={styles.lead}>{t("lead")}</p>
      <section className={styles.section} aria-labelledby="parts">
        <h2 id="parts">{t("parts")}</h2>
        <ul className={styles.parts}>
          <Part
            name={t("app.name")}
            text={t("app.text")}
            state={<StateDot tone="good">{t("works")}</StateDot>}
          />
          <Part
            name={t("api.name")}
            text={
              health.data?.waiting_for ? t("api.waiting", { what: health.data.waiting_for }) : t("api.text")
            }
            state={
              health.isPending ? (
                <Skeleton width={8} line={12} />
              ) : down ? (
                <StateDot tone="danger">{t("away")}</StateDot>
              ) : health.data?.ready ? (
                <StateDot tone="good">{t("works")}</StateDot>
              ) : (
                <StateDot tone="warn">{t("starting")}</StateDot>
              )
            }
          />
          <Part
            name={t("streams.name")}
            text={staleSeconds === null ? t("streams.text") : t("streams.silent", { seconds: staleSeconds })}
            state={
              live ? (
                <StateDot tone="good">{t("works")}</StateDot>
              ) : stream?.state === "connecting" || stream === null ? (
                <StateDot tone="off">{t("connecting")}</StateDot>
              ) : (
                <StateDot tone="warn">{t("reconnecting", { attempt: stream.attempt })}</StateDot>
              )
            }
          />
        </ul>
      </section>
      <PastIncidents />
      <section className={styles.section} aria-labelledby="figures">
        <h2 id="figures">{t("figures")}</h2>
        <dl className={styles.figures}>
          <Figure name={t("apiTime")}>{ms(down ? null : health.data?.tookMs)}</Figure>
          <Figure name={t("latency")}>{ms(stream?.latencyMs)}</Figure>
          <Figure name={t("worst")}>{ms(stream?.worstMs)}</Figure>
          <Figure name={t("skew")}>
            {stream?.skewMs == null ? <Unknown /> : format.span(stream.skewMs)}
          </Figure>
          <Figure name={t("sequence")}>
            {stream && stream.journalSequence > 0n ? (
              <span className="figure">{format.count(stream.journalSequence)}</span>
            ) : (
              <Unknown />
            )}
          </Figure>
          <Figure name={t("resyncs")}>
            {stream ? <span className="figure">{format.count(stream.resyncs)}</span> : <Unknown />}
          </Figure>
          <Figure name={t("checked")}>
            {health.data ? <span className="figure">{format.time(health.data.at)}</span> : <Unknown />}
          </Figure>
        </dl>
        <p className={styles.note}>{t("note")}</p>
      </section>
      {down && (
        <ErrorState
          title={t("unreachable")}
          error={health.error}
          money={t("money")}
          onRetry={() => void health.refetch()}
        />
      )}
    </div>
  );
}

function Part({ name, text, state }: { name: string; text: string; state: React.ReactNode }) {
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p>{text}</p>
      </div>
      {state}
    </li>
  );
}

function Figure({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
