"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { StateDot } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { Row } from "@/features/settings/Row";
import { useAct } from "@/features/settings/useAct";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { useGuarding, useGuardingChange } from "@/providers/guarding";
import { Phrase } from "./Phrase";
import styles from "./Security.module.css";

/** The person's e-mail, another link while it is not known that they read its mail, and their phrase. */
export function Email() {
  const t = useTranslations("settings.security");
  const format = useFormat();
  const email = useGuarding("email", (options) => account().email(options));
  const after = useGuardingChange("email");
  const [sent, setSent] = useState(false);
  const { busy, error, act } = useAct();

  async function send() {
    await after(account().sendEmailVerification());
    setSent(true);
  }

  const since = email.data?.verified_since ?? null;
  return (
    <>
      <Row title={t("email")} text={email.data?.email ?? t("emailText")}>
        <div className={styles.control}>
          {email.data === undefined ? (
            <Skeleton width={8} />
          ) : since !== null ? (
            <StateDot tone="good">{t("emailSince", { at: format.date(since, true) })}</StateDot>
          ) : (
            <>
              <StateDot tone="off">{sent ? t("emailSent") : t("emailOpen")}</StateDot>
              {!sent && (
                <Button size={32} busy={busy} onClick={() => act(send)}>
                  {t("emailSend")}
                </Button>
              )}
            </>
          )}
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
      <Phrase email={email.data} />
    </>
  );
}
