"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ErrorState, Skeleton } from "@/components/States";
import styles from "./Paper.module.css";
import type { Paper } from "./papers";

/** One paper, in English as it is written, with what stands on it beside. */
export function PaperView({ paper }: { paper: Paper }) {
  const t = useTranslations("developers");
  const found = useQuery({
    queryKey: ["paper", paper],
    queryFn: () => fetchPaper(paper),
    staleTime: Infinity,
  });
  const rendered = found.data;
  useEffect(() => {
    if (!rendered || !location.hash) return;
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }, [rendered]);
  if (found.isError) {
    return <ErrorState title={t("failed")} error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (!rendered) {
    return (
      <div aria-busy className={styles.room}>
        {Array.from({ length: 12 }, (_, line) => (
          <Skeleton key={line} width={line % 4 === 3 ? 12 : 24} line={16} />
        ))}
      </div>
    );
  }
  return (
    <div className={styles.paper}>
      <nav className={styles.contents} aria-label={t("contents")} lang="en" dir="ltr">
        <ul>
          {rendered.headings.map(({ id, text }) => (
            <li key={id}>
              <a href={`#${id}`}>{text}</a>
            </li>
          ))}
        </ul>
      </nav>
      <article
        className={styles.text}
        lang="en"
        dir="ltr"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: the exchange's own paper, in which HTML is shown as text
        dangerouslySetInnerHTML={{ __html: rendered.html }}
      />
    </div>
  );
}

async function fetchPaper(paper: Paper) {
  const [answer, { render }] = await Promise.all([fetch(`/papers/${paper}.md`), import("./render")]);
  if (!answer.ok) throw new Error(`paper ${paper}: ${answer.status}`);
  return render(await answer.text(), paper);
}
