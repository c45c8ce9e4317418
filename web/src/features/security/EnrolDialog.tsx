"use client";

import type { TotpEnrolment } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { CodeField } from "@/features/stepUp/CodeField";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useErrorWords } from "@/providers/errorWords";
import styles from "./Security.module.css";

/** Shows the secret as a picture and as text, and asks for a first code. */
export default function EnrolDialog({
  enrolment,
  onClose,
  onCodes,
}: {
  enrolment: TotpEnrolment;
  onClose(): void;
  onCodes(codes: readonly string[]): void;
}) {
  const t = useTranslations("settings.security");
  const common = useTranslations("common");
  const words = useErrorWords();
  const form = useId();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (busy || code.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      onCodes(await withStepUp(() => account().confirmTotp(code)));
    } catch (refusal) {
      setError(words(refusal).happened);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("enrolTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("confirm")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.enrol} onSubmit={(event) => void confirm(event)} noValidate>
        <p>{t("enrolText")}</p>
        <svg
          className={styles.qr}
          role="img"
          aria-label={t("qr")}
          viewBox={`0 0 ${enrolment.qr_size} ${enrolment.qr_size}`}
        >
          <path d={enrolment.qr_path} />
        </svg>
        <p className={styles.secret}>
          {t("orType")} <bdi className="mono">{grouped(enrolment.secret)}</bdi>
        </p>
        <CodeField value={code} onValue={setCode} error={error} recovery={false} />
      </form>
    </Dialog>
  );
}

/** In fours, as it is easier to type. */
function grouped(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
