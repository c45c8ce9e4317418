"use client";

import type { ExportView } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { saveBlob } from "@/components/saveText";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import styles from "./List.module.css";
import { ListRow, ListRowRoom } from "./ListRow";
import settings from "./Settings.module.css";

const KEY = ["own", "exports"] as const;
/** How often it is looked whether an archive has been made. */
const LOOK_MS = 2_000;
const TONES = { waiting: "outline", ready: "good", expired: "outline", failed: "warn" } as const;

/** Archives of all that is kept of this person: asking for one, and saving it; nothing for a visitor. */
export function Data() {
  const t = useTranslations("settings.data");
  const signedIn = useSession((session) => session.state === "user");
  const visitor = useSession((session) => session.state === "visitor");
  const exports = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => account().exports({ signal }),
    enabled: signedIn,
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === "waiting") ? LOOK_MS : false,
  });
  if (visitor) return null;
  return (
    <section id="data" className={settings.section} data-show="user" aria-busy={exports.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {exports.isError ? (
        <ErrorState title={t("failed")} error={exports.error} onRetry={() => void exports.refetch()} />
      ) : (
        <ul className={styles.list}>
          {exports.data?.items.map((one) => <Archive key={one.id} of={one} />) ?? (
            <ListRowRoom>
              <Skeleton width={12} />
              <Skeleton width={24} line={12} />
            </ListRowRoom>
          )}
        </ul>
      )}
      {exports.data && <Ask nextAt={exports.data.next_at} />}
    </section>
  );
}

function Archive({ of }: { of: ExportView }) {
  const t = useTranslations("settings.data");
  const format = useFormat();
  const changed = useChanged();
  const { busy, error, act } = useAct();
  const at = format.dateTime(of.asked_at);
  async function save() {
    try {
      saveBlob("my-data.zip", await withStepUp(() => account().exportArchive(of.id)));
    } finally {
      await changed();
    }
  }
  return (
    <ListRow
      title={
        <>
          <span>{t("of", { at })}</span>
          <Badge tone={TONES[of.state]}>{t(`states.${of.state}`)}</Badge>
        </>
      }
      beside={
        of.state === "ready" && (
          <Button size={32} busy={busy} aria-label={t("saveThis", { at })} onClick={() => act(save)}>
            {t("save")}
          </Button>
        )
      }
    >
      <What of={of} />
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}

function What({ of }: { of: ExportView }) {
  const t = useTranslations("settings.data");
  const format = useFormat();
  const at = of.expires_at === null ? "" : format.dateTime(of.expires_at);
  if (of.state === "waiting") return <span>{t("waiting")}</span>;
  if (of.state === "failed") return <span>{t("notMade")}</span>;
  if (of.state === "expired") return <span>{t("expired", { at })}</span>;
  const kilobytes = Math.ceil((of.bytes ?? 0) / 1_000);
  const size =
    kilobytes < 1_000
      ? t("kilobytes", { count: format.count(kilobytes) })
      : t("megabytes", { count: format.count(Math.ceil(kilobytes / 1_000)) });
  return <span>{t("ready", { size, at })}</span>;
}

function Ask({ nextAt }: { nextAt: string | null }) {
  const t = useTranslations("settings.data");
  const format = useFormat();
  const changed = useChanged();
  const { busy, error, act } = useAct();
  async function ask() {
    try {
      await withStepUp(() => account().askForExport());
    } finally {
      await changed();
    }
  }
  return (
    <div className={styles.foot}>
      {nextAt === null ? (
        <Button size={32} busy={busy} onClick={() => act(ask)}>
          {t("ask")}
        </Button>
      ) : (
        <span className={styles.text}>{t("nextAt", { at: format.dateTime(nextAt) })}</span>
      )}
      {error !== null && <FieldNote error={error} />}
    </div>
  );
}

/** Has the archives looked at anew. */
function useChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
