"use client";

import { useTranslations } from "next-intl";
import { AreaChart } from "@/components/AreaChart";
import { AreaMarks } from "@/components/AreaMarks";
import { chartPoint } from "@/components/areaGeometry";
import { Cover } from "@/components/Cover";
import { EmptyDrawing } from "@/components/EmptyDrawing";
import { Amount } from "@/components/Figures";
import { Spark } from "@/components/Spark";
import styles from "./Gallery.module.css";
import { Part } from "./Part";

const START = Date.UTC(2026, 10, 18);
const POINTS = Array.from({ length: 60 }, (_, index) =>
  chartPoint(START + index * 3_600_000, (0.042 + Math.sin(index / 5) * 0.0011 + index * 0.00002).toFixed(5)),
);
const MARKS = POINTS.slice(2, 3).map(({ time }) => ({ time, label: "+100.00" }));
const COLOURS = [
  "bg",
  "surface-1",
  "surface-2",
  "surface-3",
  "line",
  "line-strong",
  "text-3",
  "text-2",
  "text-1",
  "accent-fill",
  "accent",
  "up",
  "down",
  "warn",
  "danger",
  "info",
] as const;
const LONG_NAME = "Ünïcødé ".repeat(38).trim();
const MARKUP_NAME = "<script>alert(1)</script>";
const REVERSED_NAME = "Luna\u202ekraP";

export function PicturesAndFigures() {
  const t = useTranslations("gallery");
  return (
    <div className={styles.column}>
      <Part title={t("type")} note="Inter 400 500 600">
        <p className={styles.display}>
          <span className="figure">0.04203</span> <Amount unit="USDC">1,284.62</Amount>
        </p>
        <p className={styles.sizes}>
          <span>20/28</span>
          <span>16/24</span>
          <span>14/20</span>
          <span>13/18</span>
          <span>12/16</span>
          <span>11/14</span>
        </p>
        <p className="mono" dir="ltr">
          0x7c4E 91a0 5dF3 2b88
        </p>
      </Part>
      <Part title={t("colour")}>
        <div className={styles.colours}>
          {COLOURS.map((name) => (
            <span key={name} title={name} data-colour={name} />
          ))}
        </div>
      </Part>
      <Part title={t("covers")}>
        <div className={styles.line}>
          <Cover id="LUNA" name="Luna Park" src="/art/luna-park.webp" size={112} />
          <Cover id="HAZL" name="Hazel Circuit" size={112} />
          <Cover id="HAZL" name="Hazel Circuit" size={56} />
          <Cover id="HAZL" name="Hazel Circuit" size={28} />
          <Cover id="1042" name="Maya Abbas" size={28} person />
          <Cover id="USDC" name="USD Coin" size={28} />
        </div>
      </Part>
      <Part title={t("charts")}>
        <AreaChart
          className={styles.chart}
          points={POINTS}
          direction="up"
          label={t("charts")}
          formatValue={(text) => text}
          formatTime={(time) => new Date(time).toISOString().slice(5, 16)}
          formatTick={(time) => new Date(time).toISOString().slice(8, 13)}
          ticks={4}
          drawOver={(shape, width) => <AreaMarks shape={shape} points={POINTS} marks={MARKS} width={width} />}
        />
        <div className={styles.line}>
          <Spark values={POINTS.map((point) => point.value)} direction="up" />
          <Spark values={POINTS.map((point) => -point.value)} direction="down" />
          <Spark values={[1, 1]} direction={null} />
        </div>
      </Part>
      <Part title={t("drawings")}>
        <div className={styles.line}>
          {(["candles", "orders", "search", "balances", "lost", "offline"] as const).map((kind) => (
            <EmptyDrawing key={kind} kind={kind} />
          ))}
        </div>
      </Part>
      <Part title={t("names")}>
        <ul className={styles.names}>
          {[LONG_NAME, MARKUP_NAME, REVERSED_NAME, "نجوم الليل"].map((name) => (
            <li key={name}>
              <bdi className="clip">{name}</bdi>
              <span className="figure">0.04203</span>
            </li>
          ))}
        </ul>
      </Part>
    </div>
  );
}
