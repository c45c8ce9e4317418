"use client";

import { useTranslations } from "next-intl";
import { Key } from "@/components/Chip";
import { Dialog } from "@/components/Dialog";
import styles from "./Shortcuts.module.css";
import { closeOverlay } from "./state";

const GROUPS = [
  { title: "everywhere", rows: [["find", "Ctrl K"]] },
  {
    title: "lists",
    rows: [
      ["filter", "/"],
      ["rows", "↑ ↓"],
      ["open", "Enter"],
      ["star", "S"],
    ],
  },
  {
    title: "trading",
    rows: [
      ["side", "B  S"],
      ["type", "L  M"],
      ["percent", "1 2 3 4"],
      ["step", "↑ ↓"],
      ["send", "Ctrl Enter"],
    ],
  },
] as const;

/** What the keyboard can do. */
export default function Shortcuts() {
  const t = useTranslations("common.keys");
  return (
    <Dialog open onClose={closeOverlay} title={t("title")}>
      {GROUPS.map((group) => (
        <section key={group.title} className={styles.group}>
          <h3>{t(group.title)}</h3>
          <dl>
            {group.rows.map(([name, keys]) => (
              <div key={name}>
                <dt>{t(name)}</dt>
                <dd dir="ltr">
                  {keys.split(/\s+/).map((key) => (
                    <Key key={key}>{key}</Key>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
