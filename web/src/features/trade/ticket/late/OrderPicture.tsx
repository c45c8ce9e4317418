"use client";

import { useTranslations } from "next-intl";
import styles from "./Late.module.css";
import { type PictureName, pictureOf } from "./pictures";

/** A small picture of what an order does, and the same in one sentence. */
export function OrderPicture({ of, side }: { of: PictureName; side: "buy" | "sell" }) {
  const t = useTranslations("ordering.picture");
  const { path, lines, trades, ends, parts } = pictureOf(of, side);
  const text = of === "bracket" || of === "iceberg" ? t(of) : t(`${of}.${side}`);
  return (
    <figure className={styles.figure}>
      <svg viewBox="0 0 288 56" className={styles.picture} data-side={side} aria-hidden>
        {lines.map(({ points, is }) => (
          <polyline key={`${is} ${points}`} points={points.join(" ")} className={styles[is]} />
        ))}
        {path.length > 0 && <polyline points={path.join(" ")} className={styles.path} />}
        {trades.map(([x, y]) => (
          <circle key={`${x}`} cx={x} cy={y} r="4" className={styles.trade} />
        ))}
        {ends.map(([x, y]) => (
          <path key={`${x}`} d={`M${x - 4} ${y - 4}l8 8m0 -8l-8 8`} className={styles.end} />
        ))}
        {Array.from({ length: parts }, (_, at) => (
          <rect
            key={at}
            x={12 + at * 44}
            y="20"
            width="40"
            height="16"
            rx="3"
            className={at === 0 ? styles.shown : styles.hidden}
          />
        ))}
      </svg>
      <figcaption className={styles.caption}>{text}</figcaption>
    </figure>
  );
}
