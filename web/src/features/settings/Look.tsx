"use client";

import { useLocale, useTranslations } from "next-intl";
import { Change } from "@/components/Figures";
import { SegmentedSwitch } from "@/components/Tabs";
import { LOCALE_NAMES } from "@/i18n/localeNames";
import { LOCALES, type Locale } from "@/i18n/locales";
import { usePreferences } from "@/providers/kept/preferences";
import { LanguageLink } from "./LanguageLink";
import { Row } from "./Row";
import styles from "./Settings.module.css";

/** Theme, density, colours of up and down, language. */
export function Look() {
  const t = useTranslations("settings.look");
  const { theme, density, palette, set } = usePreferences();
  return (
    <section id="look" className={styles.section}>
      <h2>{t("title")}</h2>
      <Row title={t("theme")} text={t("themeText")}>
        <SegmentedSwitch
          label={t("theme")}
          size={36}
          value={theme}
          onValue={(value) => set({ theme: value })}
          options={(["system", "dark", "light"] as const).map((key) => ({ key, label: t(`themes.${key}`) }))}
        />
      </Row>
      <Row title={t("density")} text={t("densityText")}>
        <SegmentedSwitch
          label={t("density")}
          size={36}
          value={density}
          onValue={(value) => set({ density: value })}
          options={(["comfortable", "compact", "pro"] as const).map((key) => ({
            key,
            label: t(`densities.${key}`),
          }))}
        />
      </Row>
      <Row title={t("palette")} text={t("paletteText")}>
        <div className={styles.palettes} role="radiogroup" aria-label={t("palette")}>
          {palettesFor(useLocale()).map((key) => (
            <button
              key={key}
              type="button"
              role="radio"
              aria-checked={palette === key}
              className={styles.palette}
              onClick={() => set({ palette: key })}
            >
              <span data-palette={key} className={styles.swatch}>
                <Change direction="up">+3.09 %</Change>
                <Change direction="down">−2.18 %</Change>
              </span>
              {t(`palettes.${key}`)}
            </button>
          ))}
        </div>
      </Row>
      <Row title={t("language")} text={t("languageText")}>
        <div className={styles.languages}>
          {LOCALES.map((locale) => (
            <LanguageLink key={locale} locale={locale} className={styles.language}>
              {LOCALE_NAMES[locale]}
            </LanguageLink>
          ))}
        </div>
      </Row>
    </section>
  );
}

/** Colours of up and down in the order in which they are offered; in some countries red is what rises. */
function palettesFor(locale: Locale): readonly ("classic" | "safe" | "swapped")[] {
  return /^(ja|ko|zh)/.test(locale) ? ["swapped", "classic", "safe"] : ["classic", "safe", "swapped"];
}
