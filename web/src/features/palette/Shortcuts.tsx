"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Switch } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { type Act, AT_FIRST, useBindings } from "@/features/keys/bindings";
import { resetKeys } from "@/features/keys/kept";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { usePreferences } from "@/providers/kept/preferences";
import { BoundRow } from "./BoundRow";
import { Chord } from "./Chord";
import styles from "./Shortcuts.module.css";
import { closeOverlay } from "./state";

/** What may be bound anew, in the order that it is told in. */
const BOUND: readonly { title: "everywhere" | "order" | "view"; acts: readonly Act[] }[] = [
  { title: "everywhere", acts: ["find", "list"] },
  {
    title: "order",
    acts: ["buy", "sell", "limit", "market", "part1", "part2", "part3", "part4", "review", "send", "cancel"],
  },
  { title: "view", acts: ["coarser", "finer", "price", "fullscreen"] },
];

/** What is where it is on every keyboard. */
const FIXED = [
  { title: "fields", rows: [["step", "↑ ↓"]] },
  {
    title: "lists",
    rows: [
      ["filter", "/"],
      ["rows", "↑ ↓"],
      ["open", "Enter"],
      ["star", "S"],
    ],
  },
] as const;

/** What the keyboard can do, as it is bound now, and the place to bind it otherwise. */
export default function Shortcuts() {
  const words = useLateWords("keys");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Sheet />
    </Words>
  );
}

function Sheet() {
  const t = useTranslations("keys");
  const { shortcuts, set } = usePreferences();
  const bindings = useBindings();
  const [changing, change] = useState<Act | null>(null);
  const changed = (Object.keys(AT_FIRST) as Act[]).some((act) => bindings[act] !== AT_FIRST[act]);
  return (
    <Dialog
      open
      onClose={closeOverlay}
      title={t("title")}
      actions={
        <Button disabled={!changed} onClick={resetKeys}>
          {t("reset")}
        </Button>
      }
    >
      <Switch checked={shortcuts} onValue={(on) => set({ shortcuts: on })} className={styles.switch}>
        <strong>{t("on")}</strong>
        <span>{t("onText")}</span>
      </Switch>
      {BOUND.map((group) => (
        <section key={group.title} className={styles.group}>
          <h3>{t(group.title)}</h3>
          <ul>
            {group.acts.map((act) => (
              <BoundRow
                key={act}
                act={act}
                off={!shortcuts && act !== "find"}
                changing={changing === act}
                onChange={(begin) => change(begin ? act : null)}
              />
            ))}
          </ul>
        </section>
      ))}
      {FIXED.map((group) => (
        <section key={group.title} className={styles.group}>
          <h3>{t(group.title)}</h3>
          <dl>
            {group.rows.map(([name, keys]) => (
              <div key={name}>
                <dt>{t(`fixed.${name}`)}</dt>
                <dd dir="ltr">
                  <Chord keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
