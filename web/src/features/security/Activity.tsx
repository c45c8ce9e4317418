"use client";

import type { SecurityEventView } from "@cse/client";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { ErrorState, Skeleton } from "@/components/States";
import styles from "@/features/settings/List.module.css";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import settings from "@/features/settings/Settings.module.css";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { useEventWords } from "./eventWords";
import { useEvents } from "./useEvents";

/** What happened to the account of whoever is signed in; nothing for a visitor. */
export function Activity() {
  const t = useTranslations("activity");
  const visitor = useSession((session) => session.state === "visitor");
  const { events, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useEvents();
  if (visitor) return null;
  return (
    <section id="activity" className={settings.section} data-show="user" aria-busy={isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {error !== null && events === undefined ? (
        <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />
      ) : (
        <ul className={styles.list}>
          {events?.map((event) => <Event key={event.id} event={event} />) ?? <Room />}
        </ul>
      )}
      {hasNextPage && (
        <div className={styles.foot}>
          <Button size={32} busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("older")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Event({ event }: { event: SecurityEventView }) {
  const t = useTranslations("activity");
  const format = useFormat();
  const words = useEventWords();
  const { title, more } = words(event);
  return (
    <ListRow
      title={
        <>
          <span className="clip">{title}</span>
          {event.refused !== null && <Badge tone="danger">{t("refused")}</Badge>}
          {event.act === "limit.reached" && <Badge tone="warn">{t("warning")}</Badge>}
          {event.current && event.act === "session.begun" && <Badge tone="good">{t("current")}</Badge>}
        </>
      }
      beside={<time dateTime={event.at}>{format.dateTime(event.at)}</time>}
    >
      <span>
        <Told event={event} more={more} />
      </span>
    </ListRow>
  );
}

/** What else there is to say, and from where it was done, or by whom if not by the person. */
function Told({ event, more }: { event: SecurityEventView; more: string | null }) {
  const t = useTranslations("activity");
  const byExchange = event.actor === "operator" || event.actor === "service";
  const where = byExchange ? [t("byExchange")] : [event.client, event.platform, event.address];
  const parts = [more, ...where].filter((part) => part !== null);
  return parts.map((part, place) => (
    <Fragment key={part}>
      {place > 0 && " · "}
      <bdi className={part === event.address ? "figure" : undefined}>{part}</bdi>
    </Fragment>
  ));
}

function Room() {
  return (
    <ListRowRoom>
      <Skeleton width={12} />
      <Skeleton width={24} line={12} />
    </ListRowRoom>
  );
}
