"use client";

import type { Queue } from "@cse/client";
import { useTranslations } from "next-intl";
import { Unknown } from "@/components/Figures";
import { Cell, Head, RowsRoom, Table } from "@/components/Table";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";

const COLUMNS = ["waiting", "oldest", "failed", "lastFailure"] as const;
/** From here on something that waits is shown as one to look at. */
const OLDEST_WARN_S = 60;

/** What waits to be done, how long already, and how much has failed for good. */
export function Queues({ queues }: { queues: readonly Queue[] | undefined }) {
  const t = useTranslations("admin.jobs");
  const format = useFormat();
  return (
    <section className={styles.section} aria-busy={queues === undefined}>
      <h2>{t("queues")}</h2>
      <Table
        label={t("queues")}
        still
        head={
          <>
            <Head>{t("queue")}</Head>
            {COLUMNS.map((column) => (
              <Head key={column} end>
                {t(column)}
              </Head>
            ))}
          </>
        }
      >
        {queues?.map((queue) => (
          <tr key={queue.name}>
            <Cell strong>{name(queue.name, t)}</Cell>
            <Cell end>
              <span className="figure">{format.count(queue.waiting)}</span>
            </Cell>
            <Cell end>
              {queue.oldest_s === null ? (
                <Unknown />
              ) : (
                <span className="figure" data-warn={isLate(queue) || undefined}>
                  {t("seconds", { count: format.count(queue.oldest_s) })}
                </span>
              )}
            </Cell>
            <Cell end>
              <span className="figure" data-warn={queue.failed > 0 || undefined}>
                {format.count(queue.failed)}
              </span>
            </Cell>
            <Cell end>
              {queue.last_failure === null ? <Unknown /> : <bdi dir="ltr">{queue.last_failure}</bdi>}
            </Cell>
          </tr>
        )) ?? <RowsRoom columns={[{ key: "queue" }, ...COLUMNS.map((key) => ({ key }))]} />}
      </Table>
    </section>
  );
}

/** Whether something waits for too long; people who are to decide may take their time. */
function isLate(queue: Queue): boolean {
  return queue.name !== "requests" && queue.name !== "verifications" && (queue.oldest_s ?? 0) > OLDEST_WARN_S;
}

function name(queue: string, t: ReturnType<typeof useTranslations<"admin.jobs">>): string {
  const [kind, outbox] = queue.split(".");
  if (outbox !== undefined) return t("names.outbox", { name: outbox });
  return t.has(`names.${kind as "mail"}`) ? t(`names.${kind as "mail"}`) : queue;
}
