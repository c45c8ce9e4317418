"use client";

import type { PersonDetail } from "@cse/client";
import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import { ErrorState, Skeleton } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { FreezeDialog } from "./FreezeDialog";
import { Past } from "./Past";
import { RolesDialog } from "./RolesDialog";
import { TierDialog } from "./TierDialog";
import { usePerson } from "./useDesk";

const OPEN_ORDERS_COUNTED = 1_000;

/** One person: who, what they have, what was done, and what can be done about them. */
export function PersonRoom({ id, rights }: { id: string; rights: readonly string[] }) {
  const t = useTranslations("admin.people");
  const [, change] = useUrlState();
  const person = usePerson(id);
  return (
    <>
      <Button size={32} look="quiet" onClick={() => change({ person: null }, true)}>
        <Icon of={ArrowLeft} size={14} className="mirror" /> {t("back")}
      </Button>
      {person.isError ? (
        <ErrorState title={t("failed")} error={person.error} onRetry={() => void person.refetch()} />
      ) : (
        <Facts detail={person.data} rights={rights} />
      )}
      <Past id={id} />
    </>
  );
}

function Facts({ detail, rights }: { detail: PersonDetail | undefined; rights: readonly string[] }) {
  const t = useTranslations("admin.people");
  const format = useFormat();
  const own = useSession((session) => session.person);
  const [asking, setAsking] = useState<"freeze" | "unfreeze" | "tier" | "roles" | null>(null);
  const person = detail?.person;
  const closed = person?.closed_since ?? null;
  // Who has closed their account is frozen for good, which is no act of an operator.
  const frozen = person?.frozen_since != null && closed === null;
  const isSelf = person?.person === own;
  const room = <Skeleton width={8} />;
  return (
    <section className={styles.section} aria-busy={detail === undefined}>
      <div className={styles.line}>
        <h2 className={styles.who}>
          <bdi className="clip">{person?.email ?? <Skeleton width={24} line={16} />}</bdi>
          {frozen && <Badge tone="danger">{t("frozen")}</Badge>}
          {closed !== null && <Badge tone="outline">{t("closed")}</Badge>}
          {detail?.roles.map((role) => (
            <Badge key={role} tone="outline">
              {role}
            </Badge>
          ))}
        </h2>
        {detail && !isSelf && closed === null && (
          <span className={styles.actions}>
            {rights.includes("set_fee_tier") && (
              <Button size={32} onClick={() => setAsking("tier")}>
                {t("setTier")}
              </Button>
            )}
            {rights.includes("set_operators") && (
              <Button size={32} onClick={() => setAsking("roles")}>
                {t("setRoles")}
              </Button>
            )}
            {frozen && rights.includes("unfreeze") && (
              <Button size={32} onClick={() => setAsking("unfreeze")}>
                {t("unfreeze")}
              </Button>
            )}
            {!frozen && rights.includes("freeze") && (
              <Button size={32} onClick={() => setAsking("freeze")}>
                {t("freeze")}
              </Button>
            )}
          </span>
        )}
      </div>
      {closed !== null && <p>{t("closedSince", { at: format.dateTime(closed) })}</p>}
      {frozen && (
        <p className={styles.frozen}>
          {t("frozenSince", { at: format.dateTime(person?.frozen_since ?? "") })}{" "}
          <bdi dir="auto">{detail?.frozen_reason}</bdi>
          {!detail?.account_frozen && ` ${t("coreLater")}`}
        </p>
      )}
      <dl className={styles.facts}>
        <Fact name={t("name")}>{person ? <bdi className="clip">{person.display_name}</bdi> : room}</Fact>
        <Fact name={t("accountNumber")}>
          {person ? <span className="figure">{person.account ?? "–"}</span> : room}
        </Fact>
        <Fact name={t("emailVerified")}>
          {person
            ? person.email_verified_since
              ? format.date(person.email_verified_since, true)
              : t("no")
            : room}
        </Fact>
        <Fact name={t("factors")}>
          {detail?.methods.map((method) => t(`methods.${method as "totp"}`)).join(", ") ?? room}
        </Fact>
        <Fact name={t("sessions")}>{detail ? <Count value={detail.sessions} /> : room}</Fact>
        <Fact name={t("apiKeys")}>{detail ? <Count value={detail.api_keys} /> : room}</Fact>
        <Fact name={t("tier")}>{detail ? <Count value={detail.fee_tier} /> : room}</Fact>
        <Fact name={t("openOrders")}>
          {detail ? (
            <>
              <Count value={detail.open_orders} />
              {detail.open_orders === OPEN_ORDERS_COUNTED && "+"}
            </>
          ) : (
            room
          )}
        </Fact>
        <Fact name={t("balances")}>
          {detail
            ? detail.balances
                .map((balance) => `${format.decimal(balance.available)} ${balance.asset}`)
                .join(" · ") || "–"
            : room}
        </Fact>
      </dl>
      {detail && (asking === "freeze" || asking === "unfreeze") && (
        <FreezeDialog detail={detail} freezes={asking === "freeze"} onClose={() => setAsking(null)} />
      )}
      {detail && asking === "roles" && <RolesDialog detail={detail} onClose={() => setAsking(null)} />}
      {detail && asking === "tier" && <TierDialog detail={detail} onClose={() => setAsking(null)} />}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Count({ value }: { value: number }) {
  const format = useFormat();
  return <span className="figure">{format.count(value)}</span>;
}
