"use client";

import type { SecurityView, TotpEnrolment } from "@cse/client";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { StateDot } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { showToast } from "@/components/Toast";
import { useAct } from "@/features/acting/useAct";
import { Row } from "@/features/settings/Row";
import settings from "@/features/settings/Settings.module.css";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { Email } from "./Email";
import { Passkeys } from "./Passkeys";
import { Password } from "./Password";
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
      <Email />
      <Password />
      {security.isError ? (
        <ErrorState title={t("failed")} error={security.error} onRetry={() => void security.refetch()} />
      ) : (
        <Factors security={security.data} />
      )}
    </section>
  );
}

function Factors({ security }: { security: SecurityView | undefined }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const guarded = security !== undefined && (security.totp_since !== null || security.passkeys.length > 0);
  return (
    <>
      <Passkeys passkeys={security?.passkeys} onCodes={setCodes} />
      <Authenticator security={security} onCodes={setCodes} />
      {guarded && <Recovery left={security.recovery_codes_left} onCodes={setCodes} />}
      <Suspense>{codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}</Suspense>
    </>
  );
}

function Authenticator({
  security,
  onCodes,
}: {
  security: SecurityView | undefined;
  onCodes(codes: readonly string[]): void;
}) {
  const t = useTranslations("settings.security");
  const format = useFormat();
  const changed = useSecurityChanged();
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  const { busy, error, act } = useAct();

  async function begin() {
    setEnrolment(await withStepUp(() => account().beginTotp()));
  }
  async function remove() {
    await withStepUp(() => account().removeTotp());
    changed();
    showToast({ key: "security", tone: "info", title: t("removed") });
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
              <StateDot tone="off">{t("off")}</StateDot>
              <Button size={32} busy={busy} onClick={() => act(begin)}>
                {t("setUp")}
              </Button>
            </>
          ) : (
            <>
              <StateDot tone="good">{t("on", { at: format.date(since, true) })}</StateDot>
              <Button size={32} look="danger-outline" busy={busy} onClick={() => act(remove)}>
                {t("removeTotp")}
              </Button>
            </>
          )}
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
      <Suspense>
        {enrolment && (
          <EnrolDialog
            enrolment={enrolment}
            onClose={() => setEnrolment(null)}
            onCodes={(given) => {
              setEnrolment(null);
              onCodes(given);
              changed();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function Recovery({ left, onCodes }: { left: number; onCodes(codes: readonly string[]): void }) {
  const t = useTranslations("settings.security");
  const changed = useSecurityChanged();
  const { busy, error, act } = useAct();
  async function renew() {
    onCodes(await withStepUp(() => account().renewRecoveryCodes()));
    changed();
  }
  return (
    <>
      <Row title={t("codes")} text={t("codesText")}>
        <div className={styles.control}>
          <StateDot tone={left > 2 ? "good" : "warn"}>{t("codesLeft", { count: left })}</StateDot>
          <Button size={32} busy={busy} onClick={() => act(renew)}>
            {t("renew")}
          </Button>
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
    </>
  );
}
