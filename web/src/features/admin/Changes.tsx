"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";

export interface Change {
  name: string;
  before: string;
  after: string;
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Settings that change, each as it was and as it is to be. */
export function Changes({ items }: { items: readonly Change[] }) {
  const t = useTranslations("admin.markets");
  const format = useFormat();
  const said = (name: string, value: string) => {
    if (value === "" || value === "none") return t("none");
    if (t.has(`states.${value as "open"}`)) return t(`states.${value as "open"}`);
    // In parts per million as they are typed, and as they are shown elsewhere.
    if (name.endsWith("_ppm") && /^-?\d+$/.test(value)) {
      return (
        <bdi className="figure">
          {value} ({format.percent(BigInt(value), false)})
        </bdi>
      );
    }
    return ISO.test(value) ? format.dateTime(value) : <bdi dir="ltr">{value}</bdi>;
  };
  if (items.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {items.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{t.has(`fields.${name as "tier"}`) ? t(`fields.${name as "tier"}`) : name}</dt>
          <dd>
            {before !== after && before !== "" && (
              <>
                <del>{said(name, before)}</del> <span className="quiet">{t("becomes")}</span>{" "}
                <span aria-hidden className="mirror">
                  →
                </span>{" "}
              </>
            )}
            <ins>{said(name, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Changes of two texts such as `tier=3, maker_fee_ppm=0`. */
export function changesOf(before: string, after: string): Change[] {
  const was = new Map(pairs(before));
  return pairs(after).map(([name, value]) => ({ name, before: was.get(name) ?? "", after: value }));
}

function pairs(text: string): [string, string][] {
  return text
    .split(", ")
    .filter((pair) => pair.includes("="))
    .map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
}
