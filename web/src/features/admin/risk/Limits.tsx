"use client";

import type { RiskLimits } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/Button";
import { Empty, ErrorState, Skeleton } from "@/components/States";
import styles from "../Admin.module.css";
import { LimitsDialog } from "./LimitsDialog";
import { type LimitName, REFUSED, TOLD } from "./limitFields";
import { useLimitWords } from "./useLimitWords";
import { useRiskLimits } from "./useRisk";

type Asking = { market: string; tier: number };

/** The limits of every market and tier that has some of its own. */
export function Limits({ sets }: { sets: boolean }) {
  const t = useTranslations("admin.risk");
  const [asking, setAsking] = useState<Asking | null>(null);
  const limits = useRiskLimits();
  if (limits.isError && !limits.data) {
    return <ErrorState title={t("failed")} error={limits.error} onRetry={() => void limits.refetch()} />;
  }
  return (
    <section className={styles.section} aria-busy={limits.isPending}>
      <div className={styles.line}>
        <h2>{t("limits")}</h2>
        <div className={styles.actions}>
          <ButtonLink href="/admin/rates" size={32}>
            {t("rates")}
          </ButtonLink>
          {sets && limits.data && (
            <Button size={32} onClick={() => setAsking({ market: "", tier: 0 })}>
              {t("set")}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.note}>{t("limitsText")}</p>
      {limits.data?.length === 0 ? (
        <Empty title={t("noLimits")} />
      ) : (
        <ul className={styles.requests}>
          {limits.data?.map((one) => (
            <li key={`${one.market} ${one.tier}`}>
              <Tier limits={one} onChange={sets ? () => setAsking(one) : null} />
            </li>
          )) ?? (
            <li aria-hidden>
              <Skeleton width={24} />
            </li>
          )}
        </ul>
      )}
      {asking && limits.data && (
        <LimitsDialog
          all={limits.data}
          market={asking.market}
          tier={asking.tier}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function Tier({ limits, onChange }: { limits: RiskLimits; onChange: (() => void) | null }) {
  const t = useTranslations("admin.risk");
  const where = t("tierIn", { tier: limits.tier, market: limits.market });
  return (
    <>
      <div className={styles.line}>
        <strong>{where}</strong>
        {onChange && (
          <Button size={32} aria-label={t("changeOf", { where })} onClick={onChange}>
            {t("change")}
          </Button>
        )}
      </div>
      <Facts title={t("refused")} names={REFUSED} limits={limits} />
      <Facts title={t("told")} names={TOLD} limits={limits} />
    </>
  );
}

/** Those of some limits that are set. */
function Facts({ title, names, limits }: { title: string; names: readonly LimitName[]; limits: RiskLimits }) {
  const t = useTranslations("admin.risk");
  const words = useLimitWords(limits.market);
  const set = names.filter((name) => Number(limits[name]) !== 0);
  if (set.length === 0) return null;
  return (
    <div>
      <p className={styles.quiet}>{title}</p>
      <dl className={styles.facts}>
        {set.map((name) => (
          <div key={name}>
            <dt>{t(`names.${name}`)}</dt>
            <dd>{words(name, limits[name])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
