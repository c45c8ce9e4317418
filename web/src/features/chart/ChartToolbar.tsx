"use client";

import { INTERVALS, type Interval } from "@cse/client";
import {
  CandlestickChart,
  ChartArea,
  ChartLine,
  ChartSpline,
  ChevronDown,
  Maximize,
  Pin,
  PinOff,
  Table2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/Button";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import { Ranges } from "@/components/Tabs";
import styles from "./ChartPanel.module.css";
import type { ChartStyle } from "./chartTheme";
import { useChartSettings } from "./settings";

const STYLES: readonly { style: ChartStyle; icon: typeof ChartLine }[] = [
  { style: "candles", icon: CandlestickChart },
  { style: "line", icon: ChartLine },
  { style: "area", icon: ChartArea },
];

/** Intervals, the way of drawing, and the chart as a table or over the whole screen. */
export function ChartToolbar({
  phone,
  asTable,
  onTable,
  onIndicators,
  onFullscreen,
}: {
  phone: boolean;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
  onIndicators: () => void;
  onFullscreen: () => void;
}) {
  const t = useTranslations("trade.chart");
  const { interval, pinned, choose, style, draw } = useChartSettings();
  const shown = (phone ? pinned.slice(0, 4) : pinned) as readonly Interval[];
  const away = !shown.includes(interval);
  const current = STYLES.find((each) => each.style === style) ?? STYLES[0];
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("toolbar")}>
      <Ranges
        label={t("interval")}
        options={shown.map((key) => ({ key, label: <bdi>{key}</bdi>, title: t(`intervals.${key}`) }))}
        value={away ? null : interval}
        onValue={choose}
      />
      <Menu
        label={t("moreIntervals")}
        align="start"
        buttonClassName={classes(styles.more, away && styles.chosen)}
        button={
          <>
            {away && <bdi>{interval}</bdi>}
            <Icon of={ChevronDown} size={14} />
          </>
        }
      >
        {(close) => <IntervalMenu close={close} />}
      </Menu>
      <span className={styles.divider} aria-hidden />
      <Menu
        label={t("style")}
        align="start"
        buttonClassName={styles.tool}
        button={current && <Icon of={current.icon} />}
      >
        {(close) =>
          STYLES.map(({ style: each, icon }) => (
            <MenuItem
              key={each}
              icon={<Icon of={icon} />}
              checked={each === style}
              onSelect={() => {
                draw(each);
                close();
              }}
            >
              {t(`styles.${each}`)}
            </MenuItem>
          ))
        }
      </Menu>
      <IconButton size={28} label={t("indicators")} aria-haspopup="dialog" onClick={onIndicators}>
        <Icon of={ChartSpline} />
      </IconButton>
      <span className={styles.space} />
      <IconButton size={28} label={t("asTable")} pressed={asTable} onClick={() => onTable(!asTable)}>
        <Icon of={Table2} />
      </IconButton>
      <IconButton size={28} label={t("fullscreen")} onClick={onFullscreen}>
        <Icon of={Maximize} />
      </IconButton>
    </div>
  );
}

function IntervalMenu({ close }: { close: () => void }) {
  const t = useTranslations("trade.chart");
  const { interval, pinned, choose, pin } = useChartSettings();
  return (
    <div className={styles.intervals}>
      {INTERVALS.map((each) => (
        <div key={each} className={styles.intervalRow} role="none">
          <MenuItem
            checked={each === interval}
            onSelect={() => {
              choose(each);
              close();
            }}
          >
            {t(`intervals.${each}`)}
          </MenuItem>
          <button
            type="button"
            className={styles.pin}
            aria-pressed={pinned.includes(each)}
            aria-label={t("pin", { interval: t(`intervals.${each}`) })}
            title={t("pin", { interval: t(`intervals.${each}`) })}
            onClick={() => pin(each)}
          >
            <Icon of={pinned.includes(each) ? Pin : PinOff} size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
