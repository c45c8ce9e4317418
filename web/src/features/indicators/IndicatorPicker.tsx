"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/Button";
import { Sheet } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Ranges } from "@/components/Tabs";
import { Words } from "@/i18n/Words";
import { ChosenRow } from "./ChosenRow";
import { CHOSEN_MAX, useChosen } from "./chosen";
import styles from "./IndicatorPicker.module.css";
import { atFirst, FAMILIES, INDICATORS, type ListedEntry, usable } from "./list";
import { useIndicatorWords } from "./useIndicatorWords";

const SHELVES = ["all", ...FAMILIES] as const;

interface PickerProps {
  open: boolean;
  onClose: () => void;
}

/** What is on the chart, with its parameters, and what may be added to it. */
export default function IndicatorPicker(props: PickerProps) {
  const words = useIndicatorWords();
  if (!words) return null;
  return (
    <Words messages={words}>
      <Picker {...props} />
    </Words>
  );
}

function Picker({ open, onClose }: PickerProps) {
  const t = useTranslations("indicators");
  const { chosen } = useChosen();
  const shown = chosen.map(usable).filter((one) => one !== null);
  const [said, setSaid] = useState("");
  return (
    <Sheet open={open} onClose={onClose} title={t("title")}>
      <div className={styles.picker}>
        <h3 className={styles.caption}>{t("onChart")}</h3>
        {shown.length === 0 && <p className={styles.note}>{t("none")}</p>}
        <ul className={styles.chosen}>
          {shown.map((one, at) => (
            <ChosenRow
              key={one.id}
              one={one}
              first={at === 0}
              last={at === shown.length - 1}
              onRemoved={() => setSaid(`${t("removed")}: ${t(`titles.${one.entry.name}`)}`)}
            />
          ))}
        </ul>
        <Addable onAdded={(entry) => setSaid(`${t("added")}: ${t(`titles.${entry.name}`)}`)} />
        <p role="status" className={styles.said}>
          {said}
        </p>
      </div>
    </Sheet>
  );
}

function Addable({ onAdded }: { onAdded: (entry: ListedEntry) => void }) {
  const t = useTranslations("indicators");
  const { chosen, add } = useChosen();
  const [text, setText] = useState("");
  const [family, setFamily] = useState<(typeof SHELVES)[number]>("all");
  const full = chosen.length >= CHOSEN_MAX;
  const wanted = text.trim().toLowerCase();
  const found = INDICATORS.filter(
    (entry) =>
      (family === "all" || entry.family === family) &&
      (t(`titles.${entry.name}`).toLowerCase().includes(wanted) ||
        entry.name.replaceAll("_", " ").includes(wanted)),
  );
  const addOne = (entry: ListedEntry) => {
    add(
      atFirst(
        entry,
        chosen.reduce((sum, one) => sum + one.colours.length, 0),
      ),
    );
    onAdded(entry);
  };
  const addFirst = (event: KeyboardEvent) => {
    const first = found.find((entry) => entry.name === wanted) ?? found[0];
    if (event.key !== "Enter" || wanted === "" || first === undefined || full) return;
    event.preventDefault();
    addOne(first);
  };
  return (
    <>
      <h3 className={styles.caption}>{t("toAdd")}</h3>
      <TextField
        label={t("search")}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={addFirst}
      />
      <Ranges
        label={t("family")}
        className={styles.families}
        options={SHELVES.map((key) => ({ key, label: t(`families.${key}`) }))}
        value={family}
        onValue={(key: (typeof SHELVES)[number]) => setFamily(key)}
      />
      {full && <p className={styles.note}>{t("full")}</p>}
      {found.length === 0 && <p className={styles.note}>{t("nothing")}</p>}
      <ul className={styles.found}>
        {found.map((entry) => (
          <li key={entry.name}>
            <span className={styles.name}>
              {t(`titles.${entry.name}`)}{" "}
              <bdi className={styles.short}>{entry.name.replaceAll("_", " ")}</bdi>
            </span>
            <Button
              size={32}
              disabled={full}
              aria-label={`${t("add")}: ${t(`titles.${entry.name}`)}`}
              onClick={() => addOne(entry)}
            >
              {t("add")}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
