"use client";

import type { ApiKeyView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Dialog } from "@/components/Dialog";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { useAccountName } from "@/features/shell/accountWords";
import { useAccounts } from "@/providers/accounts";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import styles from "./List.module.css";
import { ListRow, ListRowRoom } from "./ListRow";
import { MakeKeyDialog } from "./MakeKeyDialog";
import settings from "./Settings.module.css";
import { useApiKeyChanges, useApiKeys } from "./useApiKeys";

/** The keys of this person's programs: making one and revoking it; nothing for a visitor. */
export function ApiKeys() {
  const t = useTranslations("settings.keys");
  const visitor = useSession((session) => session.state === "visitor");
  const keys = useApiKeys();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  if (visitor) return null;
  return (
    <section id="keys" className={settings.section} data-show="user" aria-busy={keys.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {keys.isError ? (
        <ErrorState title={t("failed")} error={keys.error} onRetry={() => void keys.refetch()} />
      ) : (
        <ul className={styles.list}>
          {keys.data?.map((key) => <Key key={key.id} of={key} onRevoke={() => setRevoking(key)} />) ?? (
            <KeyRoom />
          )}
        </ul>
      )}
      <div className={styles.foot}>
        <Button size={32} onClick={() => setMaking(true)}>
          {t("make")}
        </Button>
      </div>
      {making && <MakeKeyDialog onClose={() => setMaking(false)} />}
      {revoking && <RevokeDialog of={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

function Key({ of, onRevoke }: { of: ApiKeyView; onRevoke(): void }) {
  const t = useTranslations("settings.keys");
  const format = useFormat();
  const nameOf = useAccountName();
  const held = useAccounts().data ?? [];
  // Who has one account is told nothing of it.
  const names =
    held.length < 2
      ? []
      : held.flatMap(({ account }) => (of.accounts.includes(account.id) ? nameOf(account) : []));
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{of.label}</bdi>
          {of.scopes.map((scope) => (
            <Badge key={scope} tone={scope === "read" ? "outline" : "warn"}>
              {t(`scopes.${scope}`)}
            </Badge>
          ))}
        </>
      }
      beside={
        <Button size={32} aria-label={t("revokeThis", { label: of.label })} onClick={onRevoke}>
          {t("revoke")}
        </Button>
      }
    >
      <bdi className="figure clip">{of.id}</bdi>
      {names.length > 0 && (
        <span>
          {t("for")} <bdi>{names.join(", ")}</bdi>
        </span>
      )}
      <span>
        {of.allowed_networks.length === 0 ? (
          t("everywhere")
        ) : (
          <bdi className="figure">{of.allowed_networks.join(", ")}</bdi>
        )}
        {" · "}
        {of.expires_at === null ? t("noEnd") : t("until", { at: format.date(of.expires_at) })}
      </span>
      <span>
        {t("made", { at: format.date(of.created_at) })} ·{" "}
        {of.last_used_at === null ? (
          t("unused")
        ) : (
          <>
            {t("lastUsed", { at: format.dateTime(of.last_used_at) })}{" "}
            <bdi className="figure">{of.last_used_from}</bdi>
          </>
        )}
      </span>
    </ListRow>
  );
}

/** A program that still uses the key stops at once, so it is asked for. */
function RevokeDialog({ of, onClose }: { of: ApiKeyView; onClose(): void }) {
  const t = useTranslations("settings.keys");
  const common = useTranslations("common");
  const { revoke } = useApiKeyChanges();
  const { busy, error, act } = useAct();
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("revokeTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="danger" busy={busy} onClick={() => act(() => revoke(of.id).then(onClose))}>
            {t("revoke")}
          </Button>
        </>
      }
    >
      <p>
        <bdi>{of.label}</bdi>: {t("revokeText")}
      </p>
      {error !== null && <FieldNote error={error} />}
    </Dialog>
  );
}

function KeyRoom() {
  return (
    <ListRowRoom>
      <Skeleton width={12} />
      <Skeleton width={24} line={12} />
      <Skeleton width={24} line={12} />
    </ListRowRoom>
  );
}
