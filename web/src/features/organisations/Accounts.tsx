"use client";

import type { OrganisationAccount, OrganisationView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Skeleton } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { useAct } from "@/features/acting/useAct";
import { ListRow } from "@/features/settings/ListRow";
import { useFormat } from "@/providers/format";
import { chooseAccount, useSession } from "@/providers/session";
import { MoveDialog } from "./MoveDialog";
import styles from "./Organisations.module.css";
import { isolated } from "./roleWords";
import { inUseOf, organisations, useChanged, useHoldings } from "./useOrganisation";

/** What an organisation has, and what can be done with it by this member. */
export function Accounts({ of }: { of: OrganisationView }) {
  const t = useTranslations("organisations.accounts");
  const changed = useChanged();
  const [asked, ask] = useState<"open" | "move" | OrganisationAccount | null>(null);
  const may = (right: string) => of.rights.includes(right);
  return (
    <section>
      <ul className={styles.list}>
        {of.accounts.map((account) => (
          <Account key={account.id} there={of} of={account} onRename={() => ask(account)} />
        ))}
      </ul>
      <div className={styles.actions}>
        {may("transfer") && inUseOf(of).length > 1 && (
          <Button size={32} onClick={() => ask("move")}>
            {t("move")}
          </Button>
        )}
        {may("open_accounts") && (
          <Button size={32} onClick={() => ask("open")}>
            {t("open")}
          </Button>
        )}
      </div>
      {asked === "open" && (
        <TextDialog
          title={t("open")}
          label={t("accountName")}
          action={t("openAction")}
          save={(name) => organisations().openAccount(of.id, name).finally(changed)}
          onClose={() => ask(null)}
        />
      )}
      {asked !== null && typeof asked === "object" && (
        <TextDialog
          title={t("renameOf", { name: isolated(asked.name ?? "") })}
          label={t("accountName")}
          value={asked.name ?? ""}
          action={t("save")}
          save={(name) => organisations().renameAccount(of.id, asked.id, name).finally(changed)}
          onClose={() => ask(null)}
        />
      )}
      {asked === "move" && <MoveDialog of={of} onClose={() => ask(null)} />}
    </section>
  );
}

function Account({
  there,
  of,
  onRename,
}: {
  there: OrganisationView;
  of: OrganisationAccount;
  onRename(): void;
}) {
  const t = useTranslations("organisations.accounts");
  const format = useFormat();
  const { id, name } = of;
  const chosen = useSession((session) => session.account === id);
  const held = useHoldings(id);
  const changed = useChanged();
  const { busy, error, act } = useAct();
  const archived = of.archived_at !== null;
  // The main one has no name, and stays.
  const changes = there.rights.includes("open_accounts") && name !== null;
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{name ?? t("main")}</bdi>
          {chosen && <Badge tone="outline">{t("inUse")}</Badge>}
          {archived && <Badge tone="outline">{t("archived")}</Badge>}
        </>
      }
      beside={
        <>
          {!chosen && !archived && (
            <Button
              size={32}
              onClick={() => chooseAccount(id, name === null ? there.name : `${there.name} · ${name}`)}
            >
              {t("use")}
            </Button>
          )}
          {changes && !archived && (
            <Button size={32} aria-label={t("renameOf", { name })} onClick={onRename}>
              {t("rename")}
            </Button>
          )}
          {changes && (
            <Button
              size={32}
              busy={busy}
              aria-label={t(archived ? "restoreOf" : "archiveOf", { name })}
              onClick={() =>
                act(() =>
                  (archived
                    ? organisations().restoreAccount(there.id, id)
                    : organisations().archiveAccount(there.id, id)
                  ).finally(changed),
                )
              }
            >
              {t(archived ? "restore" : "archive")}
            </Button>
          )}
        </>
      }
    >
      <span>
        {t("number")} <span className="figure">{id}</span>
      </span>
      <span className={styles.balances}>
        {held.data === undefined ? (
          <Skeleton width={12} line={12} />
        ) : held.data.length === 0 ? (
          t("nothing")
        ) : (
          held.data.map((balance) => (
            <span key={balance.asset}>
              <span className="figure">{format.decimal(balance.available)}</span> {balance.asset}
            </span>
          ))
        )}
      </span>
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}
