"use client";

import { Activity, Keyboard, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { StateDot } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { openShortcuts } from "@/features/palette/state";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { usePreferences } from "@/providers/kept/preferences";
import { useStreamStatus } from "@/providers/streamStatus";
import { usePlace } from "./places";
import styles from "./StatusFoot.module.css";

/** The lowest 28 px of wide screens: how the link is, and what is always at hand. */
export function StatusFoot() {
  const t = useTranslations("common");
  const place = usePlace();
  if (place === "home") return null;
  return (
    <footer className={styles.foot}>
      <FeedState />
      <span className={styles.space} />
      <ThemeSwitch />
      <button type="button" className={styles.item} onClick={openShortcuts}>
        <Icon of={Keyboard} size={14} />
        {t("shortcuts")}
      </button>
      <Link href="/developers" className={styles.item}>
        {t("nav.developers")}
      </Link>
      <Link href="/status" className={styles.item}>
        <Icon of={Activity} size={14} />
        {t("nav.status")}
      </Link>
    </footer>
  );
}

/** Live with latency and sequence, or what is wrong instead. */
export function FeedState() {
  const t = useTranslations("common");
  const format = useFormat();
  const status = useStreamStatus();
  const state = status?.state ?? "connecting";
  const tone = state === "live" ? "good" : state === "reconnecting" ? "warn" : "off";
  return (
    <Link href="/status" className={styles.feed}>
      <StateDot tone={tone}>
        {state === "reconnecting"
          ? t("feed.reconnecting", { attempt: status?.attempt ?? 1 })
          : t(`feed.${state}`)}
      </StateDot>
      {state === "live" && status?.latencyMs != null && (
        <span>
          <span className="figure">{t("ms", { ms: Math.round(status.latencyMs) })}</span>
          {status.worstMs != null && (
            <>
              {" · "}
              {t("worst")} <span className="figure">{t("ms", { ms: Math.round(status.worstMs) })}</span>
            </>
          )}
        </span>
      )}
      {status && status.journalSequence > 0n && (
        <span>
          {t("sequence")} <span className="figure">{format.count(status.journalSequence)}</span>
        </span>
      )}
      {status?.skewMs != null && Math.abs(status.skewMs) > 500 && (
        <span className={styles.skew}>{t("clockSkew", { time: format.span(Math.abs(status.skewMs)) })}</span>
      )}
    </Link>
  );
}

function ThemeSwitch() {
  const t = useTranslations("common");
  const set = usePreferences((state) => state.set);
  function flip() {
    set({ theme: document.documentElement.dataset.theme === "light" ? "dark" : "light" });
  }
  return (
    <button type="button" className={styles.item} onClick={flip}>
      <Icon of={Moon} size={14} className={styles.moon} />
      <Icon of={Sun} size={14} className={styles.sun} />
      {t("theme")}
    </button>
  );
}
