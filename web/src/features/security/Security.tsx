"use client";

import type { SecurityView, TotpEnrolment } from "@cse/client";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { StateDot } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { showToast } from "@/components/Toast";
import { Row } from "@/features/settings/Row";
import settings from "@/features/settings/Settings.module.css";
import { StepUpDeclined, withStepUp } from "@/features/stepUp/stepUp";
import { useErrorWords } from "@/providers/errorWords";
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import styles from "./Security.module.css";
import { useSecurity, useSecurityChanged } from "./useSecurity";

const EnrolDialog = lazy(() => import("./EnrolDialog"));
const CodesDialog = lazy(() => import("./CodesDialog"));

/** The second factor of whoever is signed in; nothing for a visitor. */
export function Security() {
  const t = useTranslations("settings.security");
  const visitor = useSession((session) => session.state === "visitor");
  const security = useSecurity();
  if (visitor) return null;
  return (
    <section id="security" className={settings.section} data-show="user" aria-busy={security.isPending}>
      <h2>{t("title")}</h2>
      {security.isError ? (
        <ErrorState title={t("failed")} error={security.error} onRetry={() => void security.refetch()} />
      ) : (
        <Authenticator security={security.data} />
      )}
    </section>
  );
}

function Authenticator({ security }: { security: SecurityView | undefined }) {
  const t = useTranslations("settings.security");
  const format = useFormat();
  const changed = useSecurityChanged();
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { busy, error, act } = useAct();

  async function begin() {
    setEnrolment(await withStepUp(() => exchange().beginTotp()));
  }
  async function remove() {
    await withStepUp(() => exchange().removeTotp());
    changed();
    showToast({ key: "security", tone: "info", title: t("removed") });
  }
  async function renew() {
    setCodes(await withStepUp(() => exchange().renewRecoveryCodes()));
    changed();
  }

  const since = security?.totp_since ?? null;
  return (
    <>
      <Row title={t("totp")} text={t("totpText")}>
        <div className={styles.control}>
          {security === undefined ? (
            <Skeleton width={8} />
          ) : since === null ? (
            <>
              <StateDot tone="warn">{t("off")}</StateDot>
              <Button size={32} look="primary" busy={busy} onClick={() => act(begin)}>
                {t("setUp")}
              </Button>
            </>
          ) : (
            <>
              <StateDot tone="good">{t("on", { at: format.date(since, true) })}</StateDot>
              <Button size={32} look="danger-outline" busy={busy} onClick={() => act(remove)}>
                {t("remove")}
              </Button>
            </>
          )}
        </div>
      </Row>
      {since !== null && security !== undefined && (
        <Row title={t("codes")} text={t("codesText")}>
          <div className={styles.control}>
            <StateDot tone={security.recovery_codes_left > 2 ? "good" : "warn"}>
              {t("codesLeft", { count: security.recovery_codes_left })}
            </StateDot>
            <Button size={32} busy={busy} onClick={() => act(renew)}>
              {t("renew")}
            </Button>
          </div>
        </Row>
      )}
      {error !== null && <FieldNote error={error} />}
      <Suspense>
        {enrolment && (
          <EnrolDialog
            enrolment={enrolment}
            onClose={() => setEnrolment(null)}
            onCodes={(given) => {
              setEnrolment(null);
              setCodes(given);
              changed();
            }}
          />
        )}
        {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
      </Suspense>
    </>
  );
}

/** Does one thing at a time, and says why it could not; a step up that was declined needs no word. */
function useAct() {
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  function act(work: () => Promise<void>) {
    setBusy(true);
    setError(null);
    work()
      .catch((refusal: unknown) => {
        if (!(refusal instanceof StepUpDeclined)) setError(words(refusal).happened);
      })
      .finally(() => setBusy(false));
  }
  return { busy, error, act };
}
