"use client";

import { ApiError } from "@cse/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { ErrorState, Skeleton } from "@/components/States";
import { Lost } from "@/features/errors/Lost";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import { useSession } from "@/providers/session";
import styles from "../Admin.module.css";
import { useOwnRoles } from "../useDesk";
import { RateDialog } from "./RateDialog";
import { byTier, type RateName, type TierRate } from "./rateForm";

/** How fast persons, keys and addresses may ask, by tier; to who is no operator a page that is not there. */
export function RatesPage() {
  const t = useTranslations("rates");
  const session = useSession((state) => state.state);
  const roles = useOwnRoles();
  if (session === "visitor") return <Lost />;
  if (roles.data) return <Rates sets={roles.data.rights.includes("set_markets")} />;
  if (roles.error instanceof ApiError && roles.error.code === "not_found") return <Lost />;
  return (
    <div className={styles.page} aria-busy={!roles.isError}>
      {roles.isError ? (
        <ErrorState title={t("failed")} error={roles.error} onRetry={() => void roles.refetch()} />
      ) : (
        <Skeleton width={16} line={28} />
      )}
    </div>
  );
}

type Asking = { tier: number; limit: RateName };

function Rates({ sets }: { sets: boolean }) {
  const t = useTranslations("rates");
  const [asking, setAsking] = useState<Asking | null>(null);
  const rates = useQuery({
    queryKey: ["own", "desk", "rates"],
    queryFn: ({ signal }) => desk().rates({ signal }),
  });
  return (
    <div className={styles.page} aria-busy={rates.isPending}>
      <div className={styles.line}>
        <h1 className={styles.title}>{t("title")}</h1>
        <div className={styles.actions}>
          <ButtonLink href="/admin?tab=risk" size={32}>
            {t("back")}
          </ButtonLink>
          {sets && rates.data && (
            <Button size={32} onClick={() => setAsking({ tier: 0, limit: "orders" })}>
              {t("set")}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.note}>{t("lead")}</p>
      {rates.isError && !rates.data ? (
        <ErrorState title={t("failed")} error={rates.error} onRetry={() => void rates.refetch()} />
      ) : (
        <ul className={styles.requests}>
          {rates.data ? (
            byTier(rates.data).map(([tier, own]) => (
              <li key={tier}>
                <Tier tier={tier} rates={own} onChange={sets ? setAsking : null} />
              </li>
            ))
          ) : (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {asking && rates.data && (
        <RateDialog rates={rates.data} first={asking} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

function Tier({
  tier,
  rates,
  onChange,
}: {
  tier: number;
  rates: readonly TierRate[];
  onChange: ((asking: Asking) => void) | null;
}) {
  const t = useTranslations("rates");
  const format = useFormat();
  const count = (number: number) => format.count(BigInt(number));
  return (
    <>
      <strong>{t("tierName", { tier })}</strong>
      <dl className={styles.facts}>
        {rates.map(({ limit, at_once, per_second }) => (
          <div key={limit}>
            <dt>{t(`names.${limit}`)}</dt>
            <dd>{t("said", { atOnce: count(at_once), perSecond: count(per_second) })}</dd>
            {onChange && (
              <dd>
                <Button
                  look="link"
                  aria-label={t("changeOf", { what: t(`names.${limit}`), tier })}
                  onClick={() => onChange({ tier, limit })}
                >
                  {t("change")}
                </Button>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  );
}
