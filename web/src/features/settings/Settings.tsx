"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select, Switch } from "@/components/Choice";
import { Cover } from "@/components/Cover";
import { Change } from "@/components/Figures";
import { SegmentedSwitch } from "@/components/Tabs";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useReturnTo } from "@/features/shell/returnTo";
import { Link } from "@/i18n/Link";
import { LOCALE_NAMES, LOCALES } from "@/i18n/locales";
import { useFormat } from "@/providers/format";
import { type Preferences, usePreferences } from "@/providers/preferences";
import { signOut, useSession } from "@/providers/session";
import { LanguageLink } from "./LanguageLink";
import { Row } from "./Row";
import styles from "./Settings.module.css";

const SECTIONS = ["account", "look", "numbers", "trading"] as const;

/** How the app looks, writes and asks; kept in this browser. */
export function Settings() {
  const t = useTranslations("settings");
  return (
    <div className={styles.page}>
      <nav className={styles.rail} aria-label={t("sections")}>
        {SECTIONS.map((section) => (
          <a key={section} href={`#${section}`}>
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
      </div>
    </div>
  );
}

function Account() {
  const t = useTranslations("settings.account");
  const { state, account, displayName } = useSession();
  const returnTo = useReturnTo();
  return (
    <section id="account" className={styles.section} aria-busy={state === "unknown"}>
      <h2>{t("title")}</h2>
      {state === "user" ? (
        <div className={styles.person}>
          <Cover id={account ?? "?"} name={displayName ?? ""} size={56} person />
          <div className={styles.who}>
            <bdi className="clip">{displayName}</bdi>
            <span>
              {t("number")} <span className="figure">{account}</span>{" "}
              <Badge tone="outline">{t("demo")}</Badge>
            </span>
          </div>
          <div className={styles.buttons}>
            <Button size={32} onClick={openFaucet}>
              {t("playMoney")}
            </Button>
            <Button size={32} onClick={() => void signOut()}>
              {t("signOut")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.person} data-show="visitor">
          <div className={styles.who}>
            <span>{t("visitor")}</span>
          </div>
          <div className={styles.buttons}>
            <ButtonLink size={32} look="primary" href={`/sign-up${returnTo}`}>
              {t("signUp")}
            </ButtonLink>
            <ButtonLink size={32} href={`/sign-in${returnTo}`}>
              {t("signIn")}
            </ButtonLink>
          </div>
        </div>
      )}
    </section>
  );
}

function Look() {
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
          {(["classic", "safe", "swapped"] as const).map((key) => (
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

const NUMBER_SAMPLES: readonly { value: Exclude<Preferences["numbers"], "auto">; sample: string }[] = [
  { value: "en-US", sample: "1,234,567.89" },
  { value: "de-DE", sample: "1.234.567,89" },
  { value: "fr-FR", sample: "1 234 567,89" },
  { value: "de-CH", sample: "1’234’567.89" },
  { value: "en-IN", sample: "12,34,567.89" },
];

function Numbers() {
  const t = useTranslations("settings.numbers");
  const format = useFormat();
  const { numbers, clock, set } = usePreferences();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => setNow(Date.now()), []);
  return (
    <section id="numbers" className={styles.section}>
      <h2>{t("title")}</h2>
      <Row title={t("format")} text={t("formatText")}>
        <Select
          label={t("format")}
          value={numbers}
          onValue={(value) => set({ numbers: value })}
          options={[
            { value: "auto" as const, label: t("auto") },
            ...NUMBER_SAMPLES.map(({ value, sample }) => ({ value, label: sample })),
          ]}
        />
      </Row>
      <Row title={t("clock")} text={t("clockText")}>
        <SegmentedSwitch
          label={t("clock")}
          size={36}
          value={clock}
          onValue={(value) => set({ clock: value })}
          options={[
            { key: "24", label: t("clock24") },
            { key: "12", label: t("clock12") },
          ]}
        />
      </Row>
      <dl className={styles.sample}>
        <div>
          <dt>{t("samplePrice")}</dt>
          <dd className="figure">{format.units(1234567890n, 5)}</dd>
        </div>
        <div>
          <dt>{t("sampleChange")}</dt>
          <dd className="figure">{format.percent(-21_800n)}</dd>
        </div>
        <div>
          <dt>{t("sampleVolume")}</dt>
          <dd className="figure">{format.compact("8471230")}</dd>
        </div>
        <div>
          <dt>{t("sampleTime")}</dt>
          <dd className="figure">{now === null ? "—" : format.dateTime(now)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Trading() {
  const t = useTranslations("settings.trading");
  const { confirmLimit, confirmMarket, shortcuts, set, reset } = usePreferences();
  return (
    <section id="trading" className={styles.section}>
      <h2>{t("title")}</h2>
      <Switch
        checked={confirmLimit}
        onValue={(value) => set({ confirmLimit: value })}
        className={styles.switch}
      >
        <strong>{t("confirmLimit")}</strong>
        <span>{t("confirmLimitText")}</span>
      </Switch>
      <Switch
        checked={confirmMarket}
        onValue={(value) => set({ confirmMarket: value })}
        className={styles.switch}
      >
        <strong>{t("confirmMarket")}</strong>
        <span>{t("confirmMarketText")}</span>
      </Switch>
      <Switch checked={shortcuts} onValue={(value) => set({ shortcuts: value })} className={styles.switch}>
        <strong>{t("shortcuts")}</strong>
        <span>{t("shortcutsText")}</span>
      </Switch>
      <Row title={t("reset")} text={t("resetText")}>
        <Button size={32} onClick={reset}>
          {t("resetAction")}
        </Button>
      </Row>
    </section>
  );
}
