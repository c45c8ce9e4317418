"use client";

import type { TimelineEntry } from "@cse/client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { useEventWords } from "@/features/security/eventWords";
import { useFormat } from "@/providers/format";
import styles from "./Admin.module.css";
import { useTimeline } from "./useDesk";

/** A person's past: what the audit log has, orders as they closed, transfers; the latest first. */
export function Past({ id }: { id: string }) {
  const t = useTranslations("admin.past");
  const past = useTimeline(id);
  const entries = past.data?.pages.flatMap((page) => page.items);
  return (
    <section className={styles.section} aria-busy={past.isPending}>
      <h2>{t("title")}</h2>
      {past.isError && !entries ? (
        <ErrorState title={t("failed")} error={past.error} onRetry={() => void past.refetch()} />
      ) : entries?.length === 0 ? (
        <Empty title={t("empty")} />
      ) : (
        <ul className={styles.past}>
          {entries?.map((entry) => <Entry key={`${kindOf(entry)}${entry.reference}`} entry={entry} />) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {past.hasNextPage && (
        <Button size={32} busy={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          {t("older")}
        </Button>
      )}
    </section>
  );
}

function kindOf(entry: TimelineEntry): "order" | "transfer" | "event" {
  return entry.order ? "order" : entry.transfer ? "transfer" : "event";
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const t = useTranslations("admin.past");
  const format = useFormat();
  const kind = kindOf(entry);
  return (
    <li>
      <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
      <Badge tone="outline">{t(`kinds.${kind}`)}</Badge>
      <div className={styles.what}>
        {entry.event && <Event event={entry.event} />}
        {entry.order && (
          <p>
            {t("order", {
              side: t(entry.order.side),
              market: entry.order.market,
              filled: entry.order.filled_quantity,
              quantity: entry.order.quantity ?? entry.order.quote_amount ?? "–",
              price: entry.order.average_price ?? entry.order.price ?? "–",
            })}
          </p>
        )}
        {entry.transfer && (
          <p>
            <span className="figure">{format.decimal(entry.transfer.amount)}</span> {entry.transfer.asset}{" "}
            <span className={styles.quiet}>{entry.transfer.reason}</span>
          </p>
        )}
        <code className="mono">{entry.reference}</code>
      </div>
    </li>
  );
}

function Event({ event }: { event: NonNullable<TimelineEntry["event"]> }) {
  const t = useTranslations("admin.past");
  const words = useEventWords();
  const { title } = words(event);
  const more = [
    event.refused && t("refused", { code: event.refused }),
    event.actor !== "person" && t("by", { who: event.actor_name || event.actor }),
    event.client,
    event.platform,
    event.address,
    ...Object.entries(event.details).map(([name, value]) => `${name} ${value}`),
  ].filter((part) => part);
  return (
    <p>
      {title} <bdi className={styles.quiet}>{more.join(" · ")}</bdi>
    </p>
  );
}
