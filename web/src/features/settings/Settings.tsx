"use client";

import { useTranslations } from "next-intl";
import { Link } from "@/i18n/Link";
import { Account } from "./Account";
import { Look } from "./Look";
import { Numbers } from "./Numbers";
import { Sessions } from "./Sessions";
import styles from "./Settings.module.css";
import { Trading } from "./Trading";

const SECTIONS = ["account", "look", "numbers", "trading", "sessions"] as const;

/** How the app looks, writes and asks, kept in this browser; and where the person is signed in. */
export function Settings() {
  const t = useTranslations("settings");
  return (
    <div className={styles.page}>
      <nav className={styles.rail} aria-label={t("sections")}>
        {SECTIONS.map((section) => (
          <a key={section} href={`#${section}`} data-show={section === "sessions" ? "user" : undefined}>
            {t(`${section}.title`)}
          </a>
        ))}
        <Link href="/status">{t("status")}</Link>
      </nav>
      <div className={styles.body}>
        <h1>{t("title")}</h1>
        <p className={styles.lead}>{t("lead")}</p>
        <Account />
        <Look />
        <Numbers />
        <Trading />
        <Sessions />
      </div>
    </div>
  );
}
