"use client";

import { INTERVALS, type Interval } from "@cse/client";
import {
  BellPlus,
  Camera,
  CandlestickChart,
  ChartArea,
  ChartCandlestick,
  ChartLine,
  ChartNoAxesColumn,
  ChartSpline,
  ChevronDown,
  Ellipsis,
  GitCompareArrows,
  Maximize,
  PenLine,
  Pin,
  PinOff,
  Table2,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { IconButton } from "@/components/Button";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { Ranges } from "@/components/Tabs";
import type { ChartWish } from "./ChartPanel";
import styles from "./ChartPanel.module.css";
import { intervalWords } from "./intervals";
import { type ChartScale, type ChartStyle, SCALES, STYLES, useChartSettings } from "./settings";

const WISHES: Record<ChartWish, typeof ChartLine> = { alert: BellPlus, compare: GitCompareArrows };
const WISHED = Object.keys(WISHES) as ChartWish[];

const ICONS: Record<ChartStyle, typeof ChartLine> = {
  candles: CandlestickChart,
  hollow: ChartCandlestick,
  bars: ChartNoAxesColumn,
  line: ChartLine,
  area: ChartArea,
  heikin: CandlestickChart,
};

export interface ToolbarProps {
  phone: boolean;
  /** Another market is drawn beside this one, which leaves no choice of the scale. */
  comparing: boolean;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
  onIndicators: () => void;
  /** What is done over the chart; left out where nothing of it can be. */
  onWish?: (wish: ChartWish) => void;
  onFullscreen: () => void;
  /** On a phone, whether the drawing tools are shown. */
  drawing: boolean;
  onDrawing: (drawing: boolean) => void;
  /** Lets the price axis fit what is in sight. */
  onFit: () => void;
  onSave: (form: "png" | "csv") => void;
}

/** Intervals, the way of drawing, and the chart as a table, a file or over the whole screen. */
export function ChartToolbar(props: ToolbarProps) {
  const t = useTranslations("trade.chart");
  const locale = useLocale();
  const { interval, pinned, choose } = useChartSettings();
  const { phone, asTable, onTable, onIndicators, onWish, onFullscreen } = props;
  const shown = (phone ? pinned.slice(0, 4) : pinned) as readonly Interval[];
  const away = !shown.includes(interval);
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t("toolbar")}>
      <Ranges
        label={t("interval")}
        options={shown.map((key) => ({
          key,
          label: <bdi>{key}</bdi>,
          title: intervalWords(key, locale),
        }))}
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
      <StyleMenu comparing={props.comparing} onFit={props.onFit} />
      <IconButton size={28} label={t("indicators")} aria-haspopup="dialog" onClick={onIndicators}>
        <Icon of={ChartSpline} />
      </IconButton>
      {!phone &&
        onWish &&
        WISHED.map((wish) => (
          <IconButton
            key={wish}
            size={28}
            label={t(wish)}
            aria-haspopup="dialog"
            onClick={() => onWish(wish)}
          >
            <Icon of={WISHES[wish]} />
          </IconButton>
        ))}
      <span className={styles.space} />
      {phone ? (
        <Menu label={t("more")} buttonClassName={styles.tool} button={<Icon of={Ellipsis} />}>
          {(close) => <PhoneMenu {...props} close={close} />}
        </Menu>
      ) : (
        <>
          <Menu label={t("save")} buttonClassName={styles.tool} button={<Icon of={Camera} />}>
            {(close) => <SaveItems onSave={props.onSave} close={close} />}
          </Menu>
          <IconButton size={28} label={t("asTable")} pressed={asTable} onClick={() => onTable(!asTable)}>
            <Icon of={Table2} />
          </IconButton>
          <IconButton size={28} label={t("fullscreen")} onClick={onFullscreen}>
            <Icon of={Maximize} />
          </IconButton>
        </>
      )}
    </div>
  );
}

/** How prices are drawn, and how they lie on their axis. */
function StyleMenu({ comparing, onFit }: Pick<ToolbarProps, "comparing" | "onFit">) {
  const t = useTranslations("trade.chart");
  const { style, draw } = useChartSettings();
  return (
    <Menu label={t("style")} align="start" buttonClassName={styles.tool} button={<Icon of={ICONS[style]} />}>
      {(close) => (
        <>
          {STYLES.map((each) => (
            <MenuItem
              key={each}
              icon={<Icon of={ICONS[each]} />}
              checked={each === style}
              onSelect={() => {
                draw(each);
                close();
              }}
            >
              {t(`styles.${each}`)}
            </MenuItem>
          ))}
          <MenuLine />
          <ScaleItems comparing={comparing} close={close} />
          <MenuItem
            onSelect={() => {
              onFit();
              close();
            }}
          >
            {t("fit")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** The scales to choose from; while another market is compared it is percent, and said why. */
function ScaleItems({ comparing, close }: { comparing: boolean; close: () => void }) {
  const t = useTranslations("trade.chart");
  const { scale, scaleBy } = useChartSettings();
  const shown = comparing ? "percent" : scale;
  const choose = (each: ChartScale) => {
    scaleBy(each);
    close();
  };
  return (
    <div role="group" aria-label={comparing ? t("scaleFixed") : undefined}>
      {SCALES.map((each) => (
        <MenuItem key={each} checked={each === shown} {...(!comparing && { onSelect: () => choose(each) })}>
          {t(`scales.${each}`)}
        </MenuItem>
      ))}
      {comparing && (
        <p role="none" className={styles.menuNote}>
          {t("scaleFixed")}
        </p>
      )}
    </div>
  );
}

function SaveItems({ onSave, close }: Pick<ToolbarProps, "onSave"> & { close: () => void }) {
  const t = useTranslations("trade.chart");
  return (["png", "csv"] as const).map((form) => (
    <MenuItem
      key={form}
      onSelect={() => {
        onSave(form);
        close();
      }}
    >
      {t(`saveAs.${form}`)}
    </MenuItem>
  ));
}

/** What a phone's toolbar has no room for. */
function PhoneMenu({
  asTable,
  onTable,
  drawing,
  onDrawing,
  onFullscreen,
  onSave,
  onWish,
  close,
}: ToolbarProps & { close: () => void }) {
  const t = useTranslations("trade.chart");
  return (
    <>
      <MenuItem
        icon={<Icon of={Table2} />}
        checked={asTable}
        onSelect={() => {
          onTable(!asTable);
          close();
        }}
      >
        {t("asTable")}
      </MenuItem>
      <MenuItem
        icon={<Icon of={PenLine} />}
        checked={drawing}
        onSelect={() => {
          onDrawing(!drawing);
          close();
        }}
      >
        {t("drawing")}
      </MenuItem>
      {onWish &&
        WISHED.map((wish) => (
          <MenuItem
            key={wish}
            icon={<Icon of={WISHES[wish]} />}
            onSelect={() => {
              close();
              onWish(wish);
            }}
          >
            {t(wish)}
          </MenuItem>
        ))}
      <MenuItem
        icon={<Icon of={Maximize} />}
        onSelect={() => {
          onFullscreen();
          close();
        }}
      >
        {t("fullscreen")}
      </MenuItem>
      <SaveItems onSave={onSave} close={close} />
    </>
  );
}

function IntervalMenu({ close }: { close: () => void }) {
  const t = useTranslations("trade.chart");
  const locale = useLocale();
  const { interval, pinned, choose, pin } = useChartSettings();
  return (
    <div className={styles.intervals}>
      {INTERVALS.map((each) => {
        const words = intervalWords(each, locale);
        return (
          <div key={each} className={styles.intervalRow} role="none">
            <MenuItem
              checked={each === interval}
              onSelect={() => {
                choose(each);
                close();
              }}
            >
              {words}
            </MenuItem>
            <button
              type="button"
              className={styles.pin}
              aria-pressed={pinned.includes(each)}
              aria-label={t("pin", { interval: words })}
              title={t("pin", { interval: words })}
              onClick={() => pin(each)}
            >
              <Icon of={pinned.includes(each) ? Pin : PinOff} size={14} />
            </button>
          </div>
        );
      })}
    </div>
  );
}
