"use client";

import { ApiError } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Dialog, Sheet } from "@/components/Dialog";
import { Empty, ErrorState, Skeleton, StaleBanner } from "@/components/States";
import { ProgressBar, showToast } from "@/components/Toast";
import styles from "./Gallery.module.css";
import { Part } from "./Part";

const REFUSED = new ApiError(503, { code: "unavailable", instance: "7K2F-09QD" });

export function Notices() {
  const t = useTranslations("gallery");
  const [open, setOpen] = useState<"dialog" | "sheet" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.column}>
      <Part title={t("notices")}>
        <div className={styles.line}>
          <Button
            size={32}
            onClick={() =>
              showToast({ key: "a", tone: "pending", title: t("checking"), body: t("checkingText") })
            }
          >
            {t("checking")}
          </Button>
          <Button
            size={32}
            onClick={() => showToast({ key: "b", tone: "progress", title: t("partly"), progress: 0.4 })}
          >
            {t("partly")}
          </Button>
          <Button
            size={32}
            onClick={() =>
              showToast({ key: "c", tone: "error", title: t("rejected"), body: t("rejectedText") })
            }
          >
            {t("rejected")}
          </Button>
        </div>
        <div className={styles.line}>
          <Button size={32} onClick={() => setOpen("dialog")}>
            {t("dialog")}
          </Button>
          <Button size={32} onClick={() => setOpen("sheet")}>
            {t("sheet")}
          </Button>
        </div>
        <ProgressBar value={0.4} />
        <Dialog
          open={open === "dialog"}
          onClose={close}
          title={t("dialogTitle")}
          actions={
            <>
              <Button onClick={close}>{t("keep")}</Button>
              <Button look="danger" onClick={close}>
                {t("cancel")}
              </Button>
            </>
          }
        >
          {t("dialogText")}
        </Dialog>
        <Sheet open={open === "sheet"} onClose={close} title={t("sheet")}>
          {t("dialogText")}
        </Sheet>
      </Part>
      <Part title={t("empty")}>
        <Empty
          title={t("emptyTitle")}
          drawing="candles"
          action={<Button size={32}>{t("emptyAction")}</Button>}
        >
          {t("emptyText")}
        </Empty>
      </Part>
      <Part title={t("loading")}>
        <div className={styles.skeletons}>
          <Skeleton width={24} />
          <Skeleton width={12} line={12} />
          <Skeleton width={6} line={40} />
        </div>
      </Part>
      <Part title={t("error")}>
        <ErrorState title={t("errorTitle")} error={REFUSED} onRetry={() => {}} />
      </Part>
      <Part title={t("stale")}>
        <StaleBanner age="12 s" aside={t("staleAside")}>
          {t("staleTitle")}
        </StaleBanner>
      </Part>
    </div>
  );
}
