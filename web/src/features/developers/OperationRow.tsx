"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { Operation } from "./operations";
import styles from "./Reference.module.css";

const TryIt = lazy(() => import("./TryIt"));

/** One route: what it does, and once it is opened how it is asked, and what it may be refused with. */
export function OperationRow({ operation, about }: { operation: Operation; about: string | null }) {
  const t = useTranslations("developers");
  const [open, setOpen] = useState(false);
  const { method, path, summary, personal, weight, refusals } = operation;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={styles.summary}>
          <code className={styles.method} data-method={method}>
            {method}
          </code>
          <code className={styles.path}>{path}</code>
          <span lang="en" dir="ltr" className={styles.words}>
            {summary}
          </span>
        </summary>
        {open && (
          <div className={styles.inside}>
            <p className={styles.note}>
              {t(personal ? "personal" : "everyone")}
              {weight !== null && ` · ${t("weight", { weight })}`}
            </p>
            {about !== null && (
              <p lang="en" dir="ltr" className={styles.about}>
                {about}
              </p>
            )}
            <Suspense fallback={<div aria-busy className={styles.tryingRoom} />}>
              <TryIt operation={operation} />
            </Suspense>
            <h3>{t("refusals")}</h3>
            <dl className={styles.refusals}>
              {refusals.map(({ status, codes }) => (
                <div key={status}>
                  <dt>{status}</dt>
                  <dd>
                    {codes.map((code) => (
                      <code key={code}>{code}</code>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        )}
      </details>
    </li>
  );
}
