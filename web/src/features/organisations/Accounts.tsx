"use client";

import type { OrganisationView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Skeleton } from "@/components/States";
import { ListRow } from "@/features/settings/ListRow";
import { TextDialog } from "@/features/settings/TextDialog";
import { useFormat } from "@/providers/format";
import { chooseAccount, useSession } from "@/providers/session";
import { MoveDialog } from "./MoveDialog";
import styles from "./Organisations.module.css";
import { organisations, useChanged, useHoldings } from "./useOrganisation";

/** What an organisation has, and what can be done with it by this member. */
export function Accounts({ of }: { of: OrganisationView }) {
  const t = useTranslations("organisations.accounts");
  const changed = useChanged();
  const [asked, ask] = useState<"open" | "move" | null>(null);
  const may = (right: string) => of.rights.includes(right);
  return (
    <section>
      <ul className={styles.list}>
        {of.accounts.map((account) => (
          <Account key={account.id} organisation={of.name} id={account.id} name={account.name} />
        ))}
      </ul>
      <div className={styles.actions}>
        {may("transfer") && of.accounts.length > 1 && (
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
      {asked === "move" && <MoveDialog of={of} onClose={() => ask(null)} />}
    </section>
  );
}

function Account({ organisation, id, name }: { organisation: string; id: string; name: string | null }) {
  const t = useTranslations("organisations.accounts");
  const format = useFormat();
  const chosen = useSession((session) => session.account === id);
  const held = useHoldings(id);
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{name ?? t("main")}</bdi>
          {chosen && <Badge tone="outline">{t("inUse")}</Badge>}
        </>
      }
      beside={
        !chosen && (
          <Button
            size={32}
            onClick={() => chooseAccount(id, name === null ? organisation : `${organisation} · ${name}`)}
          >
            {t("use")}
          </Button>
        )
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
    </ListRow>
  );
}
