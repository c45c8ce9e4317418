"use client";

import { ApiError } from "@cse/client";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import { Tabs } from "@/components/Tabs";
import { Lost } from "@/features/errors/Lost";
import { useSession } from "@/providers/session";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { AuditRoom } from "./AuditRoom";
import { HistoryRoom } from "./HistoryRoom";
import { JobsRoom } from "./JobsRoom";
import { MarketsRoom } from "./MarketsRoom";
import { OverviewRoom } from "./OverviewRoom";
import { PeopleRoom } from "./PeopleRoom";
import { PersonRoom } from "./PersonRoom";
import { RequestsRoom } from "./RequestsRoom";
import { ReviewRoom } from "./ReviewRoom";
import { RiskRoom } from "./risk/RiskRoom";
import { useOwnRoles } from "./useDesk";
import { VerificationRoom } from "./VerificationRoom";

/** The operators' desk; to everybody else a page that is not there. */
export function Admin() {
  const t = useTranslations("admin");
  const session = useSession((state) => state.state);
  const roles = useOwnRoles();
  if (session === "visitor") return <Lost />;
  if (roles.data) return <Desk rights={roles.data.rights} roles={roles.data.roles} />;
  if (!roles.isError) {
    return (
      <div className={styles.page} aria-busy>
        <Skeleton width={16} line={28} />
      </div>
    );
  }
  const code = roles.error instanceof ApiError ? roles.error.code : null;
  if (code === "not_found") return <Lost />;
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>{t("title")}</h1>
      {code === "operator_factor_missing" ? (
        <Empty
          title={t("factorMissing")}
          action={
            <ButtonLink href="/settings#security" size={32}>
              {t("toSettings")}
            </ButtonLink>
          }
        >
          {t("factorText")}
        </Empty>
      ) : (
        <ErrorState title={t("failed")} error={roles.error} onRetry={() => void roles.refetch()} />
      )}
    </div>
  );
}

const TABS = [
  { key: "overview", right: null },
  { key: "markets", right: "see_services" },
  { key: "risk", right: "see_services" },
  { key: "people", right: "see_people" },
  { key: "verification", right: "review_verifications" },
  { key: "requests", right: null },
  { key: "jobs", right: "see_jobs" },
  { key: "history", right: "see_history" },
  { key: "audit", right: "see_audit" },
] as const;
const NOTHING_SOUGHT = {
  person: null,
  verification: null,
  market: null,
  account: null,
  sought: null,
  actor: null,
  act: null,
  subject: null,
  since: null,
  until: null,
};
type Tab = (typeof TABS)[number]["key"];

function Room({ tab, rights }: { tab: Tab; rights: readonly string[] }) {
  const [search] = useUrlState();
  const person = search.get("person");
  const application = search.get("verification");
  switch (tab) {
    case "overview":
      return <OverviewRoom setsIncidents={rights.includes("set_incident")} />;
    case "markets":
      return <MarketsRoom sets={rights.includes("set_markets")} />;
    case "risk":
      return <RiskRoom rights={rights} />;
    case "people":
      return person ? <PersonRoom id={person} rights={rights} /> : <PeopleRoom />;
    case "verification":
      return application ? <ReviewRoom id={application} /> : <VerificationRoom />;
    case "requests":
      return <RequestsRoom />;
    case "jobs":
      return <JobsRoom sets={rights.includes("set_jobs")} />;
    case "history":
      return <HistoryRoom />;
    case "audit":
      return <AuditRoom />;
  }
}

function Desk({ rights, roles }: { rights: readonly string[]; roles: readonly string[] }) {
  const t = useTranslations("admin");
  const [search, change] = useUrlState();
  const tabs = TABS.filter(({ right }) => right === null || rights.includes(right)).map(({ key }) => ({
    key,
    label: t(`tabs.${key}`),
  }));
  const tab = tabs.find(({ key }) => key === search.get("tab"))?.key ?? "overview";
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>
        {t("title")}
        {roles.map((role) => (
          <Badge key={role} tone="outline">
            {t.has(`roles.${role as "head"}`) ? t(`roles.${role as "head"}`) : role}
          </Badge>
        ))}
      </h1>
      <Tabs
        label={t("title")}
        tabs={tabs}
        value={tab}
        onValue={(key) => change({ tab: key === "overview" ? null : key, ...NOTHING_SOUGHT }, true)}
        size={14}
        panel="desk"
      />
      <div id="desk" role="tabpanel" aria-labelledby={`desk-${tab}`} className={styles.panel}>
        <Room tab={tab} rights={rights} />
      </div>
    </div>
  );
}
