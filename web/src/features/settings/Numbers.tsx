"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Select } from "@/components/Choice";
import { SegmentedSwitch } from "@/components/Tabs";
import { useFormat } from "@/providers/format";
import { type Preferences, usePreferences } from "@/providers/kept/preferences";
import { Row } from "./Row";
import styles from "./Settings.module.css";

const NUMBER_SAMPLES: readonly { value: Exclude<Preferences["numbers"], "auto">; sample: string }[] = [
  { value: "en-US", sample: "1,234,567.89" },
  { value: "de-DE", sample: "1.234.567,89" },
  { value: "fr-FR", sample: "1 234 567,89" },
  { value: "de-CH", sample: "1’234’567.89" },
  { value: "en-IN", sample: "12,34,567.89" },
];

/** How numbers and times are written, with a sample. */
export function Numbers() {
  const t = useTranslations("settings.numbers");
  const format = useFormat();
  const { numbers, clock, timeZone, set } = usePreferences();
  const [now, setNow] = useState<number | null>(null);
  const [zones, setZones] = useState<readonly { value: string; label: string }[]>([]);
  useEffect(() => {
    setNow(Date.now());
    setZones(zonesWith(usePreferences.getState().timeZone));
  }, []);
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
      <Row title={t("timeZone")} text={t("timeZoneText")}>
        <Select
          label={t("timeZone")}
          value={timeZone}
          onValue={(value) => set({ timeZone: value })}
          options={[{ value: "auto", label: t("timeZoneAuto") }, ...zones]}
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

/** The zones that this browser knows, and the one that is chosen. */
function zonesWith(chosen: string): { value: string; label: string }[] {
  const known = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (chosen !== "auto") known.add(chosen);
  return [...known].map((value) => ({ value, label: value.replaceAll("_", " ") }));
}
