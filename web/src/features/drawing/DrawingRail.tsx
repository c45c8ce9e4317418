"use client";

import {
  ArrowUpRight,
  EyeOff,
  Lock,
  Magnet,
  Minus,
  Ruler,
  Slash,
  Square,
  Trash2,
  Type,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { moveFocus } from "@/components/Tabs";
import type { ChartTools } from "@/features/chart/chartController";
import { stepsOf } from "@/features/chart/snapping";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { browserStorage, onKeptElsewhere } from "@/providers/kept/kept";
import { useSession } from "@/providers/session";
import styles from "./DrawingRail.module.css";
import { type Drawing, shifted, TOOLS, type Tool } from "./drawing";
import { DrawingLayer } from "./drawingLayer";
import {
  type DrawingsStore,
  drawingsKey,
  type Modes,
  openDrawings,
  remove,
  replace,
  reread,
  undo,
} from "./drawings";
import { ChannelIcon, FibonacciIcon } from "./icons";
import { TextDialog } from "./TextDialog";

const ICONS: Record<Tool, ReactNode> = {
  trend: <Icon of={Slash} />,
  ray: <Icon of={ArrowUpRight} />,
  horizontal: <Icon of={Minus} />,
  channel: <ChannelIcon />,
  fibonacci: <FibonacciIcon />,
  rectangle: <Icon of={Square} />,
  text: <Icon of={Type} />,
  measure: <Icon of={Ruler} />,
};
const MODES: readonly { mode: keyof Modes; icon: ReactNode }[] = [
  { mode: "magnet", icon: <Icon of={Magnet} /> },
  { mode: "locked", icon: <Icon of={Lock} /> },
  { mode: "hidden", icon: <Icon of={EyeOff} /> },
];

interface RailProps {
  /** The chart that is drawn on; null while it is on its way. */
  tools: ChartTools | null;
  market: string;
  /** A price of the wire, and a change in percent, as the reader writes them. */
  write: (price: string) => string;
  phone: boolean;
}

/** The tools to draw with, how they behave, and the drawings for who has no pointer. */
export default function DrawingRail(props: RailProps) {
  const words = useLateWords("charting");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Rail {...props} />
    </Words>
  );
}

function Rail({ tools, market, write, phone }: RailProps) {
  const t = useTranslations("charting.draw");
  const account = useSession((state) => state.account);
  const key = drawingsKey(market, account);
  const store = useMemo(() => openDrawings(browserStorage(), key), [key]);
  useEffect(() => onKeptElsewhere(key, () => reread(store, browserStorage(), key)), [key, store]);
  const layer = useLayer(tools, store, write, t("bars"));
  const { tool, magnet, locked, hidden, drawings, past, selected } = useStore(store);
  const modes = { magnet, locked, hidden };

  useEffect(() => {
    if (!tool) return;
    const stop = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape") store.setState({ tool: null });
    };
    addEventListener("keydown", stop);
    return () => removeEventListener("keydown", stop);
  }, [tool, store]);

  return (
    <div
      role="toolbar"
      aria-label={t("title")}
      aria-orientation={phone ? "horizontal" : "vertical"}
      className={classes(styles.rail, phone && styles.phone)}
      onKeyDown={(event) => moveFocus(event, "[data-tool]:not(:disabled)")}
    >
      {TOOLS.map((each, at) => (
        <RailButton
          key={each}
          icon={ICONS[each]}
          label={t(`tools.${each}`)}
          pressed={tool === each}
          first={at === 0}
          onPress={(byKey) => {
            if (byKey) layer.current?.place(each);
            else store.setState({ tool: tool === each ? null : each, hidden: false });
          }}
        />
      ))}
      <span className={styles.line} aria-hidden />
      {MODES.map(({ mode, icon }) => (
        <RailButton
          key={mode}
          icon={icon}
          label={t(mode)}
          pressed={modes[mode]}
          onPress={() => store.setState({ [mode]: !modes[mode] })}
        />
      ))}
      <RailButton
        icon={<Icon of={Undo2} />}
        label={t("undo")}
        disabled={past.length === 0}
        onPress={() => undo(store)}
      />
      <RailButton
        icon={<Icon of={Trash2} />}
        label={t(selected === null ? "deleteAll" : "deleteOne")}
        disabled={drawings.length === 0}
        onPress={() => remove(store, selected)}
      />
      <DrawnList store={store} tools={tools} />
      <TextDialog store={store} />
    </div>
  );
}

/** Keeps the drawings on the chart for as long as both are there. */
function useLayer(tools: ChartTools | null, store: DrawingsStore, write: RailProps["write"], bars: string) {
  const layer = useRef<DrawingLayer | null>(null);
  const latest = useRef(write);
  latest.current = write;
  useEffect(() => {
    if (!tools) return;
    const measured = (from: { value: number; at: number }, to: { value: number; at: number }) => {
      const change = to.value - from.value;
      const percent = from.value === 0 ? 0 : (change / from.value) * 100;
      const count = Math.abs(Math.round(to.at - from.at));
      const sign = change < 0 ? "\u2212" : "+";
      const price = latest.current(Math.abs(change).toFixed(tools.priceDecimals));
      return `${sign}${price} (${sign}${Math.abs(percent).toFixed(2)} %) · ${count} ${bars}`;
    };
    layer.current = new DrawingLayer({ ...tools, measured }, store);
    return () => {
      layer.current?.dispose();
      layer.current = null;
    };
  }, [tools, store, bars]);
  return layer;
}

function RailButton({
  icon,
  label,
  pressed,
  disabled,
  first,
  onPress,
}: {
  icon: ReactNode;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  /** The one that Tab reaches; arrow keys go on from there. */
  first?: boolean;
  onPress: (byKey: boolean) => void;
}) {
  return (
    <button
      type="button"
      data-tool
      tabIndex={first ? 0 : -1}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      className={styles.tool}
      // A press by key counts no clicks.
      onClick={(event) => onPress(event.detail === 0)}
    >
      {icon}
    </button>
  );
}

/** The drawings one by one: arrow keys move one, with Shift its last point, Delete takes it away. */
function DrawnList({ store, tools }: { store: DrawingsStore; tools: ChartTools | null }) {
  const t = useTranslations("charting.draw");
  const drawings = useStore(store, (state) => state.drawings);
  const list = useRef<HTMLUListElement>(null);
  const keys = (event: KeyboardEvent, drawing: Drawing) => {
    if (event.key === "Delete" || event.key === "Backspace") {
      remove(store, drawing.id);
      list.current?.closest("[role=toolbar]")?.querySelector<HTMLElement>("[data-tool]")?.focus();
    } else {
      const newest = tools?.bars().at(-1);
      const steps = stepsOf({ key: event.key, shiftKey: false, altKey: event.altKey });
      if (!newest || !tools || steps === 0) return;
      const along = event.key === "ArrowLeft" || event.key === "ArrowRight";
      const value = along ? 0 : (steps * newest.close) / 1_000;
      const by = { bars: along ? Math.sign(steps) : 0, value };
      replace(store, shifted(drawing, by, newest.timestamp, tools.interval(), event.shiftKey));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul ref={list} className={styles.drawn} aria-label={t("drawn")}>
      {drawings.map((drawing, at) => (
        <li key={drawing.id}>
          <button
            type="button"
            aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight Delete"
            className={styles.one}
            onFocus={() => store.setState({ selected: drawing.id })}
            onKeyDown={(event) => keys(event, drawing)}
          >
            {at + 1}. {t(`tools.${drawing.tool}`)} {drawing.text}
          </button>
        </li>
      ))}
    </ul>
  );
}
