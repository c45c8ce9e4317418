"use client";

import type { OrganisationView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { useLinkToken } from "@/features/session/useLinkToken";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useReturnTo } from "@/features/shell/returnTo";
import { withStepUp } from "@/features/stepUp/stepUp";
import { useOrganisations } from "@/providers/accounts";
import { useSession } from "@/providers/session";
import { useUrlState } from "@/providers/urlState";
import { Invitation } from "./Invitation";
import { Organisation } from "./Organisation";
import styles from "./Organisations.module.css";
import { useRoleWords } from "./roleWords";
import { organisations, useChanged } from "./useOrganisation";

/** The organisations that this person acts for, and one of them; or an invitation by the link of a mail. */
export function Organisations() {
  const t = useTranslations("organisations");
  const visitor = useSession((session) => session.state === "visitor");
  const [search, change] = useUrlState();
  const token = useLinkToken();
  const [declined, decline] = useState(false);
  const id = search.get("id");
  if (visitor) return <Visitor />;
  const invited = token !== null && token !== "" && !declined;
  return (
    <div className={styles.page}>
      {invited ? (
        <Invitation
          token={token}
          onEnd={(joined) => {
            decline(true);
            if (joined !== null) change({ id: joined });
          }}
        />
      ) : id ? (
        <Organisation id={id} onBack={() => change({ id: null, tab: null }, true)} />
      ) : (
        <>
          <h1 className={styles.title}>{t("title")}</h1>
          <p className={styles.lead}>{t("lead")}</p>
          <All onChoose={(chosen) => change({ id: chosen }, true)} />
        </>
      )}
    </div>
  );
}

function All({ onChoose }: { onChoose(id: string): void }) {
  const t = useTranslations("organisations");
  const all = useOrganisations();
  const changed = useChanged();
  const [makes, setMakes] = useState(false);
  const make = (
    <Button look="primary" onClick={() => setMakes(true)}>
      {t("make")}
    </Button>
  );
  return (
    <section aria-busy={all.isPending}>
      {all.isError ? (
        <ErrorState title={t("failed")} error={all.error} onRetry={() => void all.refetch()} />
      ) : all.data?.length === 0 ? (
        <Empty title={t("empty")} action={make}>
          {t("emptyText")}
        </Empty>
      ) : (
        <>
          <ul className={styles.list}>
            {all.data?.map((one) => <Row key={one.id} of={one} onChoose={() => onChoose(one.id)} />) ?? (
              <ListRowRoom>
                <Skeleton width={12} />
                <Skeleton width={24} line={12} />
              </ListRowRoom>
            )}
          </ul>
          <div className={styles.actions}>{make}</div>
        </>
      )}
      {makes && (
        <TextDialog
          title={t("make")}
          label={t("name")}
          hint={t("nameHint")}
          action={t("makeAction")}
          save={async (name) => {
            const made = await withStepUp(() => organisations().make(name)).finally(changed);
            onChoose(made.organisation.id);
          }}
          onClose={() => setMakes(false)}
        />
      )}
    </section>
  );
}

function Row({ of, onChoose }: { of: OrganisationView; onChoose(): void }) {
  const t = useTranslations("organisations");
  const roles = useRoleWords();
  return (
    <ListRow
      title={
        <button type="button" className={styles.name} onClick={onChoose}>
          <bdi className="clip">{of.name}</bdi>
        </button>
      }
    >
      <span>{t("yourRoles", { roles: roles(of.roles) })}</span>
    </ListRow>
  );
}

function Visitor() {
  const t = useTranslations("organisations");
  const returnTo = useReturnTo();
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("title")}</h1>
      <p className={styles.lead}>{t("lead")}</p>
      <Empty
        title={t("visitor")}
        action={
          <ButtonLink look="primary" href={`/sign-in${returnTo}`}>
            {t("signIn")}
          </ButtonLink>
        }
      />
    </div>
  );
}
