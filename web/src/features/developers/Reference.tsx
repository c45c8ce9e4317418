"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { TextField } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { OperationRow } from "./OperationRow";
import { matching, ranked } from "./operations";
import styles from "./Reference.module.css";

/** Every route as the exchange describes it, found by words, each with what tries it. */
export function Reference() {
  const t = useTranslations("developers");
  const format = useFormat();
  const [words, setWords] = useState("");
  const found = useQuery({ queryKey: ["openapi"], queryFn: fetchDescription, staleTime: Infinity });
  const operations = useMemo(
    () => (found.data ? matching(ranked(found.data.operations), words) : null),
    [found.data, words],
  );
  if (found.isError) {
    return <ErrorState title={t("failed")} error={found.error} onRetry={() => void found.refetch()} />;
  }
  return (
    <section aria-labelledby="reference" className={styles.reference}>
      <h2 id="reference">{t("shown.reference")}</h2>
      <TextField
        label={t("search")}
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        hint={operations ? t("count", { count: format.count(operations.length) }) : undefined}
      />
      {operations === null ? (
        <div aria-busy className={styles.room}>
          {Array.from({ length: 10 }, (_, line) => (
            <Skeleton key={line} width={24} line={20} />
          ))}
        </div>
      ) : operations.length === 0 ? (
        <Empty drawing="search" title={t("none")} />
      ) : (
        <ul className={styles.operations}>
          {operations.map((operation) => (
            <OperationRow
              key={`${operation.method} ${operation.path}`}
              operation={operation}
              about={(operation.body && found.data?.about(operation.body)) || null}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

async function fetchDescription() {
  const [document, { describe }] = await Promise.all([
    exchange().calls.public<unknown>("/api/openapi.json"),
    import("./description"),
  ]);
  return describe(document);
}
