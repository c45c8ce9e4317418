"use client";

import type { VerificationView } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { useReturnTo } from "@/features/shell/returnTo";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { verification } from "@/providers/verification";
import { ApplicationForm } from "./ApplicationForm";
import { Documents } from "./Documents";
import { useCodes } from "./useCodes";
import styles from "./Verification.module.css";

const KEY = ["own", "verification"] as const;
/** While somebody looks at it, an answer may come at any moment. */
const LOOK_MS = 5_000;

/** How far the person is verified, and applying for more. */
export function Verification() {
  const t = useTranslations("verification");
  const session = useSession((state) => state.state);
  return (
    <div className={styles.page}>
      {session === "visitor" ? (
        <>
          <h1 className={styles.title}>{t("title")}</h1>
          <Visitor />
        </>
      ) : (
        <Own signedIn={session === "user"} />
      )}
    </div>
  );
}

function Own({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations("verification");
  const queries = useQueryClient();
  const found = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => verification().show({ signal }),
    enabled: signedIn,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.application?.state === "pending" ? LOOK_MS : false),
  });
  const show = (view: VerificationView) => queries.setQueryData(KEY, view);
  const view = found.data;
  return (
    <>
      <header aria-busy={found.isPending}>
        <h1 className={styles.title}>
          {t("title")}
          {view && <Badge tone={view.level === "none" ? "plain" : "good"}>{t(`levels.${view.level}`)}</Badge>}
        </h1>
        <p className={styles.lead}>{t("lead")}</p>
      </header>
      {found.isError && !view ? (
        <ErrorState title={t("failed")} error={found.error} onRetry={() => void found.refetch()} />
      ) : view ? (
        <>
          {view.application === null && <Outcome view={view} />}
          <Applying view={view} show={show} reload={() => found.refetch()} />
          <Levels view={view} />
        </>
      ) : (
        <Skeleton width={24} />
      )}
    </>
  );
}

/** What became of the last application, where there is something to say. */
function Outcome({ view: { outcome } }: { view: VerificationView }) {
  const t = useTranslations("verification");
  const format = useFormat();
  if (outcome === null || outcome.state === "withdrawn" || outcome.state === "draft") return null;
  if (outcome.state === "pending") return null;
  const reason = outcome.reason as "not_possible" | null;
  return (
    <div className={styles.outcome} role="status">
      <strong>{t(`outcomes.${outcome.state}`)}</strong>
      {reason !== null && (
        <span>{t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : outcome.reason_text}</span>
      )}
      <span className={styles.note}>{format.dateTime(outcome.at)}</span>
    </div>
  );
}

function Applying({
  view,
  show,
  reload,
}: {
  view: VerificationView;
  show(view: VerificationView): void;
  reload(): Promise<unknown>;
}) {
  const t = useTranslations("verification");
  const { application } = view;
  const [changes, setChanges] = useState(false);
  const { busy, error, act } = useAct(useCodes());
  const withdraw = () =>
    act(async () => {
      await verification().withdraw();
      await reload();
    });
  if (application === null && view.level === "full") return null;
  if (application === null || changes)
    return (
      <section className={styles.section}>
        <h2>{t("apply")}</h2>
        <ApplicationForm
          view={view}
          onDone={(next) => {
            setChanges(false);
            show(next);
          }}
          onCancel={application === null ? undefined : () => setChanges(false)}
        />
      </section>
    );
  if (application.state === "pending")
    return (
      <section className={styles.section}>
        <h2>{t("pending")}</h2>
        <p className={styles.note}>{t("pendingText", { level: t(`levels.${application.level}`) })}</p>
        <div className={styles.buttons}>
          <Button busy={busy} onClick={withdraw}>
            {t("withdraw")}
          </Button>
        </div>
        {error !== null && <FieldNote error={error} />}
      </section>
    );
  return (
    <section className={styles.section}>
      <h2>{t("documents")}</h2>
      <p className={styles.note}>
        {t("applicant", {
          level: t(`levels.${application.level}`),
          name: application.legal_name ?? "",
          born: application.date_of_birth ?? "",
        })}
      </p>
      <Documents view={view} application={application} show={show} />
      <div className={styles.buttons}>
        <Button
          look="primary"
          busy={busy}
          disabled={application.missing.length > 0}
          onClick={() => act(async () => show(await verification().submit()))}
        >
          {t("submit")}
        </Button>
        <Button onClick={() => setChanges(true)}>{t("change")}</Button>
        <Button look="quiet" onClick={withdraw}>
          {t("withdraw")}
        </Button>
      </div>
      {error !== null && <FieldNote error={error} />}
      <p className={styles.note}>{t("kept")}</p>
    </section>
  );
}

function Levels({ view }: { view: VerificationView }) {
  const t = useTranslations("verification");
  return (
    <section className={styles.section}>
      <h2>{t("allows")}</h2>
      <table className={styles.levels}>
        <thead>
          <tr>
            <th scope="col">{t("level")}</th>
            <th scope="col">{t("takes")}</th>
            <th scope="col">{t("playMoney")}</th>
            <th scope="col">{t("withdrawals")}</th>
          </tr>
        </thead>
        <tbody>
          {view.levels.map((one) => (
            <tr key={one.level} aria-current={one.level === view.level || undefined}>
              <th scope="row">{t(`levels.${one.level}`)}</th>
              <td>{one.documents.map((kind) => t(`kinds.${kind}`)).join(" · ") || t("nothing")}</td>
              <td>{t("times", { count: one.faucet_factor })}</td>
              <td>{t("aDay", { amount: Number(one.withdrawal_daily_usdc) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t("withdrawalsLater")}</p>
    </section>
  );
}

function Visitor() {
  const t = useTranslations("verification");
  const returnTo = useReturnTo();
  return (
    <Empty
      title={t("visitor")}
      action={
        <ButtonLink look="primary" href={`/sign-in${returnTo}`}>
          {t("signIn")}
        </ButtonLink>
      }
    />
  );
}
