"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classes } from "@/components/classes";
import { ToastRegion } from "@/components/Toast";
import { Header } from "./Header";
import { Overlays } from "./Overlays";
import { PhoneTabs } from "./PhoneTabs";
import { usePlace } from "./places";
import styles from "./Shell.module.css";
import { StatusFoot } from "./StatusFoot";
import { useSignOutNotice } from "./useSignOutNotice";

/** The frame around a page: head, foot, tabs, notices, and what opens over it. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const place = usePlace();
  useSignOutNotice();
  return (
    <>
      <a href="#content" className={styles.skip}>
        {t("skip")}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={classes(styles.content, styles[place])}>
        {children}
      </main>
      <StatusFoot />
      <PhoneTabs />
      <ToastRegion />
      <Overlays />
    </>
  );
}
