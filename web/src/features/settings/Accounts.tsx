"use client";

import type { HeldAccount } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Unknown } from "@/components/Figures";
import { ErrorState, Skeleton } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { useAct } from "@/features/acting/useAct";
import { rounded } from "@/features/own/worth";
import { useAccountName, useTotalOf } from "@/features/shell/accountWords";
import { inUse, useAccountChanges, useAccounts } from "@/providers/accounts";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/market/markets";
import { chooseAccount, useSession } from "@/providers/session";
import styles from "./List.module.css";
import { ListRow, ListRowRoom } from "./ListRow";
import settings from "./Settings.module.css";

type Asked = { kind: "open" } | { kind: "rename"; of: HeldAccount };

/** This person's accounts: opening, naming, archiving, and moving money between them; nothing for a visitor. */
export function Accounts() {
  const t = useTranslations("accounts");
  const { state, account } = useSession();
  const held = useAccounts();
  const changes = useAccountChanges();
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask(null);
  if (state === "visitor") return null;
  return (
    <section id="accounts" className={settings.section} data-show="user" aria-busy={held.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {held.isError ? (
        <ErrorState title={t("failed")} error={held.error} onRetry={() => void held.refetch()} />
      ) : (
        <ul className={styles.list}>
          {held.data?.map((one) => (
            <Row
              key={one.account.id}
              of={one}
              isChosen={one.account.id === account}
              onRename={() => ask({ kind: "rename", of: one })}
            />
          )) ?? <RowRoom />}
        </ul>
      )}
      <div className={styles.actions}>
        <Button size={32} onClick={() => ask({ kind: "open" })}>
          {t("open")}
        </Button>
        {inUse(held.data).length > 1 && (
          <ButtonLink size={32} href="/transfers">
            {t("transfer")}
          </ButtonLink>
        )}
      </div>
      {asked?.kind === "open" && (
        <TextDialog
          title={t("openTitle")}
          label={t("name")}
          hint={t("nameHint")}
          action={t("openAction")}
          save={changes.open}
          onClose={close}
        />
      )}
      {asked?.kind === "rename" && (
        <TextDialog
          title={t("renameTitle")}
          label={t("name")}
          value={asked.of.account.name ?? ""}
          action={t("save")}
          save={(name) => changes.rename(asked.of.account.id, name)}
          onClose={close}
        />
      )}
    </section>
  );
}

function Row({ of, isChosen, onRename }: { of: HeldAccount; isChosen: boolean; onRename(): void }) {
  const t = useTranslations("accounts");
  const format = useFormat();
  const nameOf = useAccountName();
  const total = useTotalOf()(of);
  const changes = useAccountChanges();
  const { busy, error, act } = useAct();
  const { account } = of;
  const name = nameOf(account);
  const archived = account.archived_at !== null;
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{name}</bdi>
          {isChosen && <Badge tone="outline">{t("chosen")}</Badge>}
          {archived && <Badge tone="outline">{t("archived")}</Badge>}
        </>
      }
      beside={
        <>
          {!isChosen && !archived && (
            <Button
              size={32}
              aria-label={t("useThis", { name })}
              onClick={() => chooseAccount(account.id, account.name)}
            >
              {t("use")}
            </Button>
          )}
          {account.kind === "sub" && !archived && (
            <>
              <Button size={32} aria-label={t("renameThis", { name })} onClick={onRename}>
                {t("rename")}
              </Button>
              <Button
                size={32}
                busy={busy}
                aria-label={t("archiveThis", { name })}
                onClick={() => act(() => changes.archive(account.id))}
              >
                {t("archive")}
              </Button>
            </>
          )}
          {archived && (
            <Button
              size={32}
              busy={busy}
              aria-label={t("restoreThis", { name })}
              onClick={() => act(() => changes.restore(account.id))}
            >
              {t("restore")}
            </Button>
          )}
        </>
      }
    >
      <span>
        {t("number")} <span className="figure">{account.id}</span>
        {" · "}
        <span className="figure">
          {total === null ? <Unknown /> : format.units(rounded(total.units, total.decimals), 2)}
        </span>{" "}
        {VALUE_ASSET}
      </span>
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}

function RowRoom() {
  return (
    <ListRowRoom>
      <Skeleton width={12} />
      <Skeleton width={24} line={12} />
    </ListRowRoom>
  );
}
