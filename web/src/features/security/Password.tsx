"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button";
import { Row } from "@/features/settings/Row";
import styles from "./Security.module.css";

const ChangePasswordDialog = lazy(() => import("./ChangePasswordDialog"));

/** The way to another password. */
export function Password() {
  const t = useTranslations("settings.security");
  const [open, setOpen] = useState(false);
  return (
    <Row title={t("password")} text={t("passwordText")}>
      <div className={styles.control}>
        <Button size={32} aria-label={t("passwordSave")} onClick={() => setOpen(true)}>
          {t("passwordChange")}
        </Button>
      </div>
      <Suspense>{open && <ChangePasswordDialog onClose={() => setOpen(false)} />}</Suspense>
    </Row>
  );
}
