"use client";

import type { OneOrganisation, OrganisationKey } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { ConfirmDialog } from "@/features/acting/ConfirmDialog";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useFormat } from "@/providers/format";
import { MakeKeyDialog } from "./MakeKeyDialog";
import styles from "./Organisations.module.css";
import { useAccountNames } from "./roleWords";
import { organisations, useChanged, useKeys } from "./useOrganisation";

/** The keys with which programs act for an organisation, each as far as its maker may. */
export default function Keys({ of }: { of: OneOrganisation }) {
  const t = useTranslations("organisations.keys");
  const { id, rights } = of.organisation;
  const keys = useKeys(id);
  const changed = useChanged();
  const [makes, setMakes] = useState(false);
  const [revokes, setRevokes] = useState<OrganisationKey | null>(null);
  if (keys.isError && !keys.data)
    return <ErrorState title={t("failed")} error={keys.error} onRetry={() => void keys.refetch()} />;
  return (
    <section aria-busy={keys.isPending}>
      {keys.data?.length === 0 && <Empty title={t("empty")}>{t("text")}</Empty>}
      <ul className={styles.list}>
        {keys.data?.map((one) => (
          <Row
            key={one.key.id}
            of={one}
            there={of}
            revocable={one.own || rights.includes("set_members")}
            onRevoke={() => setRevokes(one)}
          />
        )) ?? (
          <ListRowRoom>
            <Skeleton width={12} />
            <Skeleton width={24} line={12} />
          </ListRowRoom>
        )}
      </ul>
      {rights.includes("set_keys") && (
        <div className={styles.actions}>
          <Button size={32} onClick={() => setMakes(true)}>
            {t("make")}
          </Button>
        </div>
      )}
      {makes && <MakeKeyDialog of={of} onClose={() => setMakes(false)} />}
      {revokes && (
        <ConfirmDialog
          title={t("revokeOf", { label: revokes.key.label })}
          text={t("revokeText")}
          action={t("revoke")}
          save={() => organisations().revokeKey(id, revokes.key.id).finally(changed)}
          onClose={() => setRevokes(null)}
        />
      )}
    </section>
  );
}

function Row({
  of,
  there,
  revocable,
  onRevoke,
}: {
  of: OrganisationKey;
  there: OneOrganisation;
  revocable: boolean;
  onRevoke(): void;
}) {
  const t = useTranslations("organisations.keys");
  const format = useFormat();
  const names = useAccountNames(there);
  const { key, maker } = of;
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{key.label}</bdi>
          {key.scopes.map((scope) => (
            <Badge key={scope} tone={scope === "read" ? "outline" : "warn"}>
              {t(`scopes.${scope as "read"}`)}
            </Badge>
          ))}
        </>
      }
      beside={
        revocable && (
          <Button size={32} aria-label={t("revokeOf", { label: key.label })} onClick={onRevoke}>
            {t("revoke")}
          </Button>
        )
      }
    >
      <bdi className="figure clip">{key.id}</bdi>
      <span>{names(key.accounts)}</span>
      <span>
        {key.allowed_networks.length === 0 ? (
          t("everywhere")
        ) : (
          <bdi className="figure">{key.allowed_networks.join(", ")}</bdi>
        )}
        {" · "}
        {key.expires_at === null ? t("noEnd") : t("until", { at: format.date(key.expires_at) })}
      </span>
      <span>
        {t("madeBy")} <bdi>{maker}</bdi> · {format.date(key.created_at)} ·{" "}
        {key.last_used_at === null ? t("unused") : t("lastUsed", { at: format.dateTime(key.last_used_at) })}
      </span>
    </ListRow>
  );
}
