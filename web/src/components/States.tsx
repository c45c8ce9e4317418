"use client";

import { CircleAlert, Copy, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useErrorWords } from "@/providers/errorWords";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import { EmptyDrawing, type EmptyKind } from "./EmptyDrawing";
import { Icon } from "./Icon";
import styles from "./States.module.css";

/** Room for something that is on its way, of its final size. `width` in characters of its text. */
export function Skeleton({
  width = 8,
  line = 14,
  className,
}: {
  width?: 2 | 4 | 6 | 8 | 12 | 16 | 24;
  line?: 11 | 12 | 13 | 14 | 16 | 20 | 28 | 40;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      className={classes(styles.skeleton, styles[`w${width}`], styles[`l${line}`], className)}
    />
  );
}

/** Nothing here yet: one sentence and one action beside a line drawing. */
export function Empty({
  drawing = "candles",
  title,
  children,
  action,
  className,
}: {
  drawing?: EmptyKind;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={classes(styles.empty, className)}>
      <EmptyDrawing kind={drawing} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children && <p className={styles.text}>{children}</p>}
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  );
}

/** What happened, whether money is safe, what to do, and what support asks for. */
export function ErrorState({
  title,
  error,
  money,
  onRetry,
  className,
}: {
  title: ReactNode;
  error: unknown;
  /** Said instead of what the error knows of money. */
  money?: ReactNode;
  onRetry?(): void;
  className?: string;
}) {
  const t = useTranslations("common");
  const words = useErrorWords()(error);
  return (
    <div role="alert" className={classes(styles.error, className)}>
      <Icon of={CircleAlert} size={20} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        <p className={styles.text}>
          {words.happened} {money ?? words.money} {words.next}
        </p>
        <div className={styles.action}>
          {onRetry && (
            <Button size={32} onClick={onRetry}>
              {t("tryAgain")}
            </Button>
          )}
          {words.reference && (
            <>
              <code className={classes(styles.reference, "mono")}>
                {t("reference", { id: words.reference })}
              </code>
              <IconButton
                size={28}
                label={t("copyReference")}
                onClick={() => navigator.clipboard?.writeText(words.reference)}
              >
                <Icon of={Copy} size={14} />
              </IconButton>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

/** What is shown is old: how old, and what that forbids. */
export function StaleBanner({
  children,
  age,
  aside,
  className,
}: {
  children: ReactNode;
  age?: ReactNode;
  aside?: ReactNode;
  className?: string;
}) {
  return (
    <div role="status" className={classes(styles.banner, className)}>
      <Icon of={TriangleAlert} />
      <strong>{children}</strong>
      {age && <span className="figure">{age}</span>}
      {aside && <span className={styles.aside}>{aside}</span>}
    </div>
  );
}
