"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { StateDot } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { Row } from "@/features/settings/Row";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { useGuarding, useGuardingChange } from "@/providers/guarding";
import { Phrase } from "./Phrase";
import styles from "./Security.module.css";

const ChangeEmailDialog = lazy(() => import("./ChangeEmailDialog"));

/** The person's e-mail, changing it, another link while it is not known that they read its mail, and their phrase. */
export function Email() {
  const t = useTranslations("settings.security");
  const format = useFormat();
  const email = useGuarding("email", (options) => account().email(options));
  const after = useGuardingChange("email");
  const [sent, setSent] = useState(false);
  const [open, setOpen] = useState(false);
  const { busy, error, act } = useAct();

  async function send() {
    await after(account().sendEmailVerification());
    setSent(true);
  }

  const change = (
    <Button size={32} onClick={() => setOpen(true)}>
      {t("emailChange")}
    </Button>
  );
  const since = email.data?.verified_since ?? null;
  const wanted = email.data?.wanted ?? null;
  return (
    <>
      <Row title={t("email")} text={email.data?.email ?? t("emailText")}>
        <div className={styles.control}>
          {email.data === undefined ? (
            <Skeleton width={8} />
          ) : since !== null ? (
            <>
              <StateDot tone="good">{t("emailSince", { at: format.date(since, true) })}</StateDot>
              {change}
            </>
          ) : (
            <>
              <StateDot tone="off">{sent ? t("emailSent") : t("emailOpen")}</StateDot>
              {!sent && (
                <Button size={32} busy={busy} onClick={() => act(send)}>
                  {t("emailSend")}
                </Button>
              )}
              {change}
            </>
          )}
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
      {wanted !== null && (
        <p className={styles.pending}>{t.rich("emailWanted", { email: () => <bdi>{wanted}</bdi> })}</p>
      )}
      <Suspense>{open && <ChangeEmailDialog onClose={() => setOpen(false)} />}</Suspense>
      <Phrase email={email.data} />
    </>
  );
}
