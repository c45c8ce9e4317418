"use client";

import type { NotificationView } from "@cse/client";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { useAct } from "@/features/acting/useAct";
import { PriceAlerts } from "@/features/alerts/PriceAlerts";
import list from "@/features/settings/List.module.css";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useReturnTo } from "@/features/shell/returnTo";
import { Link } from "@/i18n/Link";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { useUrlState } from "@/providers/urlState";
import { useKindWords } from "./kindWords";
import styles from "./Notifications.module.css";
import { useMarkRead, useNotifications } from "./useNotifications";

/** What a person is told of, the latest first, and the prices that they want to be told of. */
export function Notifications() {
  const t = useTranslations("notifications");
  const alerts = useTranslations("alerts");
  const [search, show] = useUrlState();
  const tab = search.get("tab") === "alerts" ? "alerts" : "told";
  const visitor = useSession((session) => session.state === "visitor");
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.lead}>
        {t("lead")} <Link href="/settings#notifications">{t("choose")}</Link>
      </p>
      <Tabs
        label={alerts("tabs.label")}
        tabs={[
          { key: "told", label: alerts("tabs.told") },
          { key: "alerts", label: alerts("tabs.alerts") },
        ]}
        value={tab}
        onValue={(key) => show({ tab: key === "told" ? null : key }, true)}
        tone="text"
        size={14}
      />
      <div className={styles.panel}>{visitor ? <Visitor /> : tab === "told" ? <Own /> : <PriceAlerts />}</div>
    </div>
  );
}

function Own() {
  const t = useTranslations("notifications");
  const { items, data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useNotifications();
  const markRead = useMarkRead();
  const { busy, act } = useAct();
  const newest = items?.[0];
  if (error !== null && items === undefined)
    return <ErrorState title={t("failed")} error={error} onRetry={() => void refetch()} />;
  if (items?.length === 0) return <Empty title={t("empty")}>{t("emptyText")}</Empty>;
  return (
    <div aria-busy={isPending}>
      {newest !== undefined && (data?.pages[0]?.unread ?? 0) > 0 && (
        <div className={styles.head}>
          <Button size={32} busy={busy} onClick={() => act(() => markRead({ up_to: newest.id }))}>
            {t("readAll")}
          </Button>
        </div>
      )}
      <ul className={list.list}>{items?.map((one) => <One key={one.id} one={one} />) ?? <Room />}</ul>
      {hasNextPage && (
        <div className={list.foot}>
          <Button size={32} busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("older")}
          </Button>
        </div>
      )}
    </div>
  );
}

function One({ one }: { one: NotificationView }) {
  const t = useTranslations("notifications");
  const format = useFormat();
  const words = useKindWords();
  const markRead = useMarkRead();
  const { busy, act } = useAct();
  const { title, from, href } = words(one);
  return (
    <ListRow
      title={
        <>
          <Link href={href} className={styles.what}>
            {title}
          </Link>
          {!one.read && <Badge tone="good">{t("unread")}</Badge>}
        </>
      }
      oneLine
      beside={
        !one.read && (
          <Button
            size={32}
            look="quiet"
            busy={busy}
            title={t("read")}
            aria-label={`${t("read")}: ${title}`}
            onClick={() => act(() => markRead({ id: one.id }))}
          >
            <Icon of={Check} className={styles.tick} />
            <span className={styles.word}>{t("read")}</span>
          </Button>
        )
      }
    >
      <span>
        <time dateTime={one.at}>{format.dateTime(one.at)}</time>
        {from.map((part) => (
          <span key={part}>
            {" · "}
            <bdi>{part}</bdi>
          </span>
        ))}
      </span>
    </ListRow>
  );
}

function Visitor() {
  const t = useTranslations("notifications");
  const returnTo = useReturnTo();
  return (
    <Empty
      title={t("visitor")}
      action={
        <ButtonLink look="primary" href={`/sign-in${returnTo}`}>
          {t("signIn")}
        </ButtonLink>
      }
    >
      {t("visitorText")}
    </Empty>
  );
}

function Room() {
  return (
    <ListRowRoom>
      <Skeleton width={24} />
      <Skeleton width={16} line={12} />
    </ListRowRoom>
  );
}
