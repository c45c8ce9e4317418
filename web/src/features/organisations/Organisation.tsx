"use client";

import { ApiError } from "@cse/client";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { ErrorState, Skeleton } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { TextDialog } from "@/features/acting/TextDialog";
import { useUrlState } from "@/providers/urlState";
import { Accounts } from "./Accounts";
import { Approvals } from "./Approvals";
import { Log } from "./Log";
import { Members } from "./Members";
import styles from "./Organisations.module.css";
import { Policy } from "./Policy";
import { useRoleWords } from "./roleWords";
import { organisations, useApprovals, useChanged, useLeft, useOne } from "./useOrganisation";

const Keys = lazy(() => import("./Keys"));
const TABS = ["accounts", "members", "policy", "requests", "keys", "log"] as const;

/** One organisation: what it has, who acts for it, what takes several, and what was done. */
export function Organisation({ id, onBack }: { id: string; onBack(): void }) {
  const t = useTranslations("organisations");
  const roles = useRoleWords();
  const changed = useChanged();
  const [renames, setRenames] = useState(false);
  const [search, change] = useUrlState();
  const one = useOne(id);
  const waiting = useApprovals(id).data?.filter((request) => request.state === "open").length;
  const tab = TABS.find((name) => name === search.get("tab")) ?? "accounts";
  const back = (
    <Button look="link" onClick={onBack}>
      {t("back")}
    </Button>
  );
  // What others do is looked at all the time: a member who is removed learns it here.
  const gone = isGone(one.error);
  const left = useLeft();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it is learnt
  useEffect(() => {
    if (gone) void left();
  }, [gone]);
  const error = one.data && !gone ? null : one.error;
  if (error !== null)
    return (
      <>
        {back}
        <ErrorState title={t("oneFailed")} error={error} onRetry={() => void one.refetch()} />
      </>
    );
  if (!one.data)
    return (
      <div aria-busy>
        <Skeleton width={16} line={28} />
      </div>
    );
  const { organisation, members } = one.data;
  return (
    <>
      {back}
      <h1 className={styles.title}>
        <bdi>{organisation.name}</bdi>
      </h1>
      <p className={styles.lead}>
        {t("yourRoles", { roles: roles(organisation.roles) })}
        {organisation.rights.includes("set_members") && (
          <>
            {" · "}
            <Button look="link" onClick={() => setRenames(true)}>
              {t("rename")}
            </Button>
          </>
        )}
      </p>
      {organisation.frozen && <p className={styles.warning}>{t("frozen")}</p>}
      <Tabs
        label={t("tabs.label")}
        tabs={TABS.map((key) => ({
          key,
          label: t(`tabs.${key}`),
          count: key === "members" ? members.length : key === "requests" ? waiting || undefined : undefined,
        }))}
        value={tab}
        onValue={(key) => change({ tab: key === "accounts" ? null : key })}
        size={14}
        panel="organisation"
      />
      <div id="organisation" role="tabpanel" aria-labelledby={`organisation-${tab}`}>
        {tab === "accounts" && <Accounts of={organisation} />}
        {tab === "members" && <Members of={one.data} onLeave={onBack} />}
        {tab === "policy" && <Policy of={one.data} />}
        {tab === "requests" && <Approvals of={one.data} />}
        {tab === "keys" && (
          <Suspense fallback={<Skeleton width={24} />}>
            <Keys of={one.data} />
          </Suspense>
        )}
        {tab === "log" && <Log of={organisation} />}
      </div>
      {renames && (
        <TextDialog
          title={t("rename")}
          label={t("name")}
          hint={t("nameHint")}
          value={organisation.name}
          action={t("renameAction")}
          save={(name) => organisations().rename(id, name).finally(changed)}
          onClose={() => setRenames(false)}
        />
      )}
    </>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === "organisation_unknown";
}
