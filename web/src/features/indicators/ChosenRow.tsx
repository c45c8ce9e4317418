"use client";

import { ArrowDown, ArrowUp, Settings2, Trash2 } from "lucide-react";
import { type Messages, useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/Button";
import { Select } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { type Chosen, useChosen } from "./chosen";
import type { ParameterEntry } from "./entry";
import styles from "./IndicatorPicker.module.css";
import { type ListedEntry, numberOf, type ParameterName, shortName, warmUp } from "./list";
import { shownOutputs } from "./outputs";

type Row = Chosen & { entry: ListedEntry };

const COLOUR_NAMES = ["c1", "c2", "c3", "c4", "c5", "c6"] as const;

/** An indicator on the chart: where it stands among the others, and under a button its settings. */
export function ChosenRow({
  one,
  first,
  last,
  onRemoved,
}: {
  one: Row;
  first: boolean;
  last: boolean;
  onRemoved: () => void;
}) {
  const t = useTranslations("indicators");
  const { remove, move } = useChosen();
  const [open, setOpen] = useState(false);
  const title = t(`titles.${one.entry.name}`);
  return (
    <li>
      <div className={styles.row}>
        <span className={styles.dots} aria-hidden>
          {shownOutputs(one.entry).map((output) => (
            <span key={output} data-colour={one.colours[one.entry.outputs.indexOf(output)] ?? 0} />
          ))}
        </span>
        <span className={styles.name}>
          {title} <bdi className={styles.short}>{shortName(one)}</bdi>
        </span>
        <IconButton label={`${t("earlier")}: ${title}`} disabled={first} onClick={() => move(one.id, -1)}>
          <Icon of={ArrowUp} />
        </IconButton>
        <IconButton label={`${t("later")}: ${title}`} disabled={last} onClick={() => move(one.id, 1)}>
          <Icon of={ArrowDown} />
        </IconButton>
        <IconButton label={`${t("settings")}: ${title}`} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={Settings2} />
        </IconButton>
        <IconButton
          label={`${t("remove")}: ${title}`}
          onClick={() => {
            remove(one.id);
            onRemoved();
          }}
        >
          <Icon of={Trash2} />
        </IconButton>
      </div>
      {open && <Settings one={one} />}
    </li>
  );
}

function Settings({ one }: { one: Row }) {
  const t = useTranslations("indicators");
  const { change } = useChosen();
  return (
    <div className={styles.settings}>
      {one.entry.parameters.map((parameter) => (
        <ParameterField key={parameter.name} one={one} parameter={parameter} />
      ))}
      <div className={styles.field}>
        <span aria-hidden>{t("place")}</span>
        <Select
          label={t("place")}
          value={one.drawn}
          onValue={(drawn) => change(one.id, { drawn })}
          options={[
            { value: "price", label: t("overPrice") },
            { value: "pane", label: t("ownPane") },
          ]}
        />
      </div>
      {shownOutputs(one.entry).map((output) => {
        const at = one.entry.outputs.indexOf(output);
        const label =
          one.entry.outputs.length > 1
            ? `${t("colour")}: ${t(`outputs.${output as keyof Messages["indicators"]["outputs"]}`)}`
            : t("colour");
        return (
          <div key={output} className={styles.field}>
            <span aria-hidden>{label}</span>
            <Select
              label={label}
              value={COLOUR_NAMES[one.colours[at] ?? 0] ?? "c1"}
              onValue={(name) => {
                const colours = one.entry.outputs.map((_, number) => one.colours[number] ?? 0);
                colours[at] = COLOUR_NAMES.indexOf(name);
                change(one.id, { colours });
              }}
              options={COLOUR_NAMES.map((value) => ({ value, label: t(`colours.${value}`) }))}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Takes effect with each text that is a number within the bounds; says which those are with any other. */
function ParameterField({ one, parameter }: { one: Row; parameter: ParameterEntry }) {
  const t = useTranslations("indicators");
  const { change } = useChosen();
  const [text, setText] = useState(String(one.parameters[parameter.name] ?? parameter.default));
  const wrong = numberOf(parameter, text) === null;
  return (
    <TextField
      label={t(`parameters.${parameter.name as ParameterName}`)}
      inputMode={parameter.whole ? "numeric" : "decimal"}
      dir="ltr"
      value={text}
      error={wrong ? `${t("bounds")}: ${parameter.least} – ${parameter.greatest}` : undefined}
      onChange={(event) => {
        setText(event.target.value);
        const value = numberOf(parameter, event.target.value);
        if (value === null) return;
        const parameters = { ...one.parameters, [parameter.name]: value };
        change(one.id, { parameters, bars: warmUp(one.entry, parameters) });
      }}
    />
  );
}
