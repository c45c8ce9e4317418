"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { saveText } from "@/components/saveText";
import styles from "./Security.module.css";

/** Recovery codes, this one time; closed only by whoever says that they are kept. */
export default function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const t = useTranslations("settings.security");
  const [asked, setAsked] = useState(false);
  const text = `${codes.join("\n")}\n`;
  return (
    <Dialog
      open
      onClose={() => setAsked(true)}
      title={t("codesTitle")}
      actions={
        <>
          <Button onClick={() => saveText("recovery-codes.txt", "text/plain", text)}>{t("download")}</Button>
          <Button onClick={() => void navigator.clipboard?.writeText(text)}>{t("copy")}</Button>
          <Button look="primary" onClick={onClose}>
            {t("kept")}
          </Button>
        </>
      }
    >
      <p className={styles.note}>{t("codesShownOnce")}</p>
      <ol className={styles.codes} dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code className="mono">{code}</code>
          </li>
        ))}
      </ol>
      {asked && (
        <p role="alert" className={styles.note}>
          {t("notKeptYet")}
        </p>
      )}
    </Dialog>
  );
}
