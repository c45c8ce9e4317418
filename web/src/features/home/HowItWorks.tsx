"use client";

import { useTranslations } from "next-intl";
import { LanguageLink } from "@/features/settings/LanguageLink";
import { Link } from "@/i18n/Link";
import { LOCALE_NAMES } from "@/i18n/localeNames";
import { LOCALES } from "@/i18n/locales";
import styles from "./HowItWorks.module.css";

const STEPS = ["look", "play", "own"] as const;

/** Three steps, and the foot of the public page. */
export function HowItWorks() {
  const t = useTranslations("home");
  const common = useTranslations("common");
  return (
    <>
      <section className={styles.how} aria-labelledby="how">
        <h2 id="how">{t("how")}</h2>
        <ol className={styles.steps}>
          {STEPS.map((step, index) => (
            <li key={step}>
              <span className={styles.number} aria-hidden>
                {index + 1}
              </span>
              <h3>{t(`steps.${step}.title`)}</h3>
              <p>{t(`steps.${step}.text`)}</p>
            </li>
          ))}
        </ol>
      </section>
      <footer className={styles.foot}>
        <p>{t("footNote")}</p>
        <nav aria-label={t("footLabel")}>
          <Link href="/markets">{common("nav.markets")}</Link>
          <Link href="/settings">{common("nav.settings")}</Link>
          <Link href="/status">{common("nav.status")}</Link>
          {LOCALES.map((locale) => (
            <LanguageLink key={locale} locale={locale}>
              {LOCALE_NAMES[locale]}
            </LanguageLink>
          ))}
        </nav>
      </footer>
    </>
  );
}
