"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Switch } from "@/components/Choice";
import { usePreferences } from "@/providers/kept/preferences";
import { Row } from "./Row";
import styles from "./Settings.module.css";

/** What is asked before an order, keys, and the way back to how it was. */
export function Trading() {
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
