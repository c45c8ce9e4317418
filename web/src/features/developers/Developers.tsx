"use client";

import { useTranslations } from "next-intl";
import { useUrlState } from "@/providers/urlState";
import styles from "./Developers.module.css";
import { PaperView } from "./PaperView";
import { PAPERS, type Paper, type Shown, shownOf } from "./papers";
import { Reference } from "./Reference";

const SHOWN: readonly Shown[] = ["reference", ...(Object.keys(PAPERS) as Paper[])];

/** All that a program's author needs: routes to try, and the papers. */
export function Developers() {
  const t = useTranslations("developers");
  const [search, change] = useUrlState();
  const shown = shownOf(search);
  return (
    <div className={styles.page}>
      <header className={styles.title}>
        <h1>{t("title")}</h1>
        <p>{t("lead")}</p>
      </header>
      <nav className={styles.nav} aria-label={t("papers")}>
        <ul>
          {SHOWN.map((each) => (
            <li key={each}>
              <a
                href={each === "reference" ? "?" : `?show=${each}`}
                aria-current={each === shown ? "page" : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  change({ show: each === "reference" ? null : each }, true);
                  scrollTo({ top: 0 });
                }}
              >
                {t(`shown.${each}`)}
              </a>
            </li>
          ))}
          <li>
            <a href="/api/openapi.json">{t("openapi")}</a>
          </li>
          <li>
            <a href="/api/asyncapi.json">{t("asyncapi")}</a>
          </li>
        </ul>
      </nav>
      <div className={styles.content}>
        {shown === "reference" ? <Reference /> : <PaperView key={shown} paper={shown} />}
      </div>
    </div>
  );
}
