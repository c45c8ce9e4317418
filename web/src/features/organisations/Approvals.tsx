"use client";

import type { ApprovalRequest, OneOrganisation } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { TextDialog } from "@/features/acting/TextDialog";
import { useAct } from "@/features/acting/useAct";
import { ListRow, ListRowRoom } from "@/features/settings/ListRow";
import { useFormat } from "@/providers/format";
import styles from "./Organisations.module.css";
import { isolated, useAccountNames, useRoleWords } from "./roleWords";
import { useAsk } from "./useAsk";
import { organisations, useApprovals, useChanged } from "./useOrganisation";

const REASON_MAX = 200;
const TONES = {
  open: "warn",
  done: "good",
  refused: "danger",
  withdrawn: "plain",
  expired: "plain",
  outdated: "plain",
} as const;
const GUARDS = ["members", "policy", "keys", "transfers"] as const;

/** What was asked for: what waits for approvals, and what became of the rest. */
export function Approvals({ of }: { of: OneOrganisation }) {
  const t = useTranslations("organisations.requests");
  const { id } = of.organisation;
  const requests = useApprovals(id);
  if (requests.isError && !requests.data)
    return <ErrorState title={t("empty")} error={requests.error} onRetry={() => void requests.refetch()} />;
  if (requests.data?.length === 0) return <Empty title={t("empty")} />;
  return (
    <ul className={styles.list} aria-busy={requests.isPending}>
      {requests.data?.map((one) => <Request key={one.id} there={of} of={one} />) ?? (
        <ListRowRoom>
          <Skeleton width={24} />
        </ListRowRoom>
      )}
    </ul>
  );
}

function Request({ there, of }: { there: OneOrganisation; of: ApprovalRequest }) {
  const t = useTranslations("organisations.requests");
  const format = useFormat();
  const title = useTitle(there);
  const refusal = useRefusalWords();
  const changed = useChanged();
  const askFor = useAsk();
  const [refuses, setRefuses] = useState(false);
  const { busy, error, act } = useAct();
  const { id } = there.organisation;
  const counting = of.approvals.filter(({ counts }) => counts).length;
  return (
    <ListRow
      title={
        <>
          <span className={styles.what}>{title(of)}</span>
          <Badge tone={TONES[of.state]}>{t(`states.${of.state}`)}</Badge>
        </>
      }
      beside={
        of.state === "open" && (
          <>
            {of.decidable && (
              <Button size={32} onClick={() => setRefuses(true)}>
                {t("refuse")}
              </Button>
            )}
            {of.decidable && !of.approved && (
              <Button
                size={32}
                look="primary"
                busy={busy}
                onClick={() => act(() => askFor(() => organisations().approve(id, of)))}
              >
                {t("approve")}
              </Button>
            )}
            {of.own && (
              <Button
                size={32}
                busy={busy}
                onClick={() => act(() => organisations().withdraw(id, of.id).finally(changed))}
              >
                {t("withdraw")}
              </Button>
            )}
          </>
        )
      }
    >
      {of.act === "set_policy" && <PolicyFacts facts={of.facts} />}
      {of.act === "make_key" && <KeyFacts there={there} facts={of.facts} />}
      <span>
        {of.needed > 0 && <>{t("count", { given: counting, needed: of.needed })} · </>}
        {t("askedBy", { who: isolated(of.asked_by) })} · {format.dateTime(of.asked_at)}
        {of.state === "open" && <> · {t("until", { at: format.dateTime(of.expires_at) })}</>}
        {of.state === "open" && of.approved && <> · {t("approved")}</>}
        {of.decided_by && of.needed > 0 && <> · {t("decidedBy", { who: isolated(of.decided_by) })}</>}
        {of.failure && <> · {t("failure", { why: refusal(of.failure) })}</>}
      </span>
      {of.decision_reason && <bdi>{of.decision_reason}</bdi>}
      {error !== null && <FieldNote error={error} />}
      {refuses && (
        <TextDialog
          title={t("refuse")}
          hint={title(of)}
          label={t("reason")}
          action={t("refuse")}
          lengthMax={REASON_MAX}
          save={(reason) => organisations().refuse(id, of.id, reason.trim()).finally(changed)}
          onClose={() => setRefuses(false)}
        />
      )}
    </ListRow>
  );
}

function PolicyFacts({ facts }: { facts: ApprovalRequest["facts"] }) {
  const t = useTranslations("organisations.policy");
  return (
    <span>
      {GUARDS.map((guard) => `${t(guard)}: ${facts[guard]}`).join(" · ")}
      {facts.limits && (
        <>
          {" · "}
          <bdi dir="ltr">
            {facts.limits
              .split(" ")
              .map((limit) => limit.replace("=", " "))
              .join(", ")}
          </bdi>
        </>
      )}
    </span>
  );
}

/** All that is said of a key: whoever approves it lets its holder act from there, until then. */
function KeyFacts({ there, facts }: { there: OneOrganisation; facts: ApprovalRequest["facts"] }) {
  const t = useTranslations("organisations.keys");
  const format = useFormat();
  const names = useAccountNames(there);
  return (
    <>
      <span>
        {names((facts.accounts ?? "").split(" "))} ·{" "}
        {facts.networks ? <bdi dir="ltr">{facts.networks}</bdi> : t("everywhere")} ·{" "}
        {facts.expires_at ? t("until", { at: format.date(facts.expires_at) }) : t("noEnd")}
      </span>
      <bdi className="figure">{facts.public_key}</bdi>
    </>
  );
}

/** Why the exchange did not do what was approved, by its code. */
function useRefusalWords(): (code: string) => string {
  const t = useTranslations("errors");
  return (code) => {
    const known = `codes.${code}` as "codes.unavailable";
    return t.has(known) ? t(known, { seconds: 0 }) : code;
  };
}

/** What is asked for, in a line. */
function useTitle(there: OneOrganisation): (request: ApprovalRequest) => string {
  const t = useTranslations("organisations");
  const roles = useRoleWords();
  const format = useFormat();
  const scopes = useTranslations("organisations.keys.scopes");
  const names = useAccountNames(there);
  const scopeWords = (text: string) =>
    text
      .split(" ")
      .map((scope) => (scopes.has(scope as "read") ? scopes(scope as "read") : scope))
      .join(" · ");
  return ({ act, facts }) => {
    if (!t.has(`requests.acts.${act as "invite"}`)) return act;
    return t(`requests.acts.${act as "transfer"}`, {
      ...Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, isolated(text)])),
      amount: format.decimal(facts.amount),
      roles: roles((facts.roles ?? "").split(" ")),
      scopes: scopeWords(facts.scopes ?? ""),
      from: names([facts.from_account ?? ""]),
      to: names([facts.to_account ?? ""]),
    } as never);
  };
}
