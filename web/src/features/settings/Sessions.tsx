"use client";

import type { SessionView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { showToast } from "@/components/Toast";
import { useAct } from "@/features/acting/useAct";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import styles from "./List.module.css";
import { ListRow, ListRowRoom } from "./ListRow";
import { NameDialog } from "./NameDialog";
import settings from "./Settings.module.css";
import { useSessionChanges, useSessions } from "./useSessions";

/** Where the person is signed in, and ending that; nothing for a visitor. */
export function Sessions() {
  const t = useTranslations("settings.sessions");
  const visitor = useSession((session) => session.state === "visitor");
  const sessions = useSessions();
  if (visitor) return null;
  return (
    <section id="sessions" className={settings.section} data-show="user" aria-busy={sessions.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {sessions.isError ? (
        <ErrorState title={t("failed")} error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : (
        <List sessions={sessions.data} />
      )}
    </section>
  );
}

function List({ sessions }: { sessions: readonly SessionView[] | undefined }) {
  const [naming, setNaming] = useState<SessionView | null>(null);
  const others = sessions?.filter((session) => !session.current).length ?? 0;
  return (
    <>
      <ul className={styles.list}>
        {sessions?.map((session) => (
          <Device key={session.id} session={session} onName={() => setNaming(session)} />
        )) ?? <DeviceRoom />}
      </ul>
      {others > 0 && <EndOthers count={others} />}
      {naming && <NameDialog session={naming} onClose={() => setNaming(null)} />}
    </>
  );
}

function Device({ session, onName }: { session: SessionView; onName(): void }) {
  const t = useTranslations("settings.sessions");
  const format = useFormat();
  const { end } = useSessionChanges();
  const { busy, error, act } = useAct();
  const device = useDeviceName(session);
  const label = session.name ?? device;
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{label}</bdi>
          {session.current && <Badge tone="good">{t("current")}</Badge>}
        </>
      }
      beside={
        <>
          <Button size={32} look="quiet" aria-label={t("nameThis", { name: label })} onClick={onName}>
            {t("rename")}
          </Button>
          {!session.current && (
            <Button
              size={32}
              busy={busy}
              aria-label={t("endThis", { name: label })}
              onClick={() => act(() => end(session))}
            >
              {t("end")}
            </Button>
          )}
        </>
      }
    >
      <span>
        {session.name !== null && <>{device} · </>}
        <bdi className="figure">{session.address || t("addressUnknown")}</bdi>
        {session.country !== null && <> · {session.country}</>}
      </span>
      <span>
        {t("lastSeen", { at: format.dateTime(session.last_seen_at) })} ·{" "}
        {t("since", { at: format.dateTime(session.created_at) })} ·{" "}
        {t("until", { at: format.date(session.expires_at) })}
      </span>
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}

function EndOthers({ count }: { count: number }) {
  const t = useTranslations("settings.sessions");
  const { endOthers } = useSessionChanges();
  const { busy, error, act } = useAct();
  async function end() {
    const ended = await endOthers();
    showToast({ key: "sessions", tone: "good", title: t("othersEnded", { count: ended }) });
  }
  return (
    <div className={styles.foot}>
      <Button look="danger-outline" size={32} busy={busy} onClick={() => act(end)}>
        {t("endOthers", { count })}
      </Button>
      {error !== null && <FieldNote error={error} />}
    </div>
  );
}

function DeviceRoom() {
  return (
    <ListRowRoom>
      <Skeleton width={12} />
      <Skeleton width={24} line={12} />
      <Skeleton width={24} line={12} />
    </ListRowRoom>
  );
}

/** What the device claims to be, as far as it is known. */
function useDeviceName({ client, platform }: SessionView): string {
  const t = useTranslations("settings.sessions");
  if (client === null) return platform ?? t("deviceUnknown");
  return platform === null ? client : t("device", { client, platform });
}
