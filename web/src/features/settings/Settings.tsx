"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { Activity } from "@/features/security/Activity";
import { Security } from "@/features/security/Security";
import { Link } from "@/i18n/Link";
import { Account } from "./Account";
import { Accounts } from "./Accounts";
import { ApiKeys } from "./ApiKeys";
import { Look } from "./Look";
import { NotificationChoices } from "./NotificationChoices";
import { Numbers } from "./Numbers";
import { Sessions } from "./Sessions";
import styles from "./Settings.module.css";
import { Trading } from "./Trading";

const Data = lazy(() => import("./Data").then((found) => ({ default: found.Data })));

const SECTIONS = [
  "account",
  "accounts",
  "look",
  "numbers",
  "trading",
  "notifications",
  "security",
  "sessions",
  "keys",
  "data",
  "activity",
] as const;
/** Of somebody who is signed in. */
const OWN: ReadonlySet<string> = new Set([
  "accounts",
  "notifications",
  "security",
  "sessions",
  "keys",
  "data",
  "activity",
]);

/** How the app looks, writes and asks, kept in this browser; and what guards the account. */
export function Settings() {
  const t = useTranslations("settings");
  const accounts = useTranslations("accounts");
  const activity = useTranslations("activity");
  // Two have words of their own, for other pages.
  const title = (section: (typeof SECTIONS)[number]) =>
    section === "accounts"
      ? accounts("title")
      : section === "activity"
        ? activity("title")
        : t(`${section}.title`);
  return (
    <div className={styles.page}>
      <nav className={styles.rail} aria-label={t("sections")}>
        {SECTIONS.map((section) => (
          <a key={section} href={`#${section}`} data-show={OWN.has(section) ? "user" : undefined}>
            {title(section)}
          </a>
        ))}
        <Link href="/status">{t("status")}</Link>
      </nav>
      <div className={styles.body}>
        <h1>{t("title")}</h1>
        <p className={styles.lead}>{t("lead")}</p>
        <Account />
        <Accounts />
        <Look />
        <Numbers />
        <Trading />
        <NotificationChoices />
        <Security />
        <Sessions />
        <ApiKeys />
        <Suspense>
          <Data />
        </Suspense>
        <Activity />
      </div>
    </div>
  );
}
