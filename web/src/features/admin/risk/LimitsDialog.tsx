"use client";

import type { RiskLimits } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import styles from "../Admin.module.css";
import { changedMeanwhile, Meanwhile } from "../Meanwhile";
import { type ActField, isWritten, typed } from "../marketActs";
import { useDeskChanged, useDeskMarkets } from "../useDesk";
import { isNone, type LimitName, limitFields, limitsAsked, ownLimits, REFUSED } from "./limitFields";
import { useLimitWords } from "./useLimitWords";

const TIERS = Array.from({ length: 10 }, (_, tier) => String(tier));
const REASON_MAX = 200;

/** Sets the limits of one tier in one market; says what will be another than before. */
export function LimitsDialog({
  all,
  market: first,
  tier: firstTier,
  onClose,
}: {
  all: readonly RiskLimits[];
  /** The pair that is begun with; an empty text is the first one there is. */
  market: string;
  tier: number;
  onClose(): void;
}) {
  const t = useTranslations("admin.risk");
  const common = useTranslations("common");
  const form = useId();
  const changed = useDeskChanged();
  const pairs = (useDeskMarkets().data ?? [])
    .filter((shown) => shown.market.status !== "delisted")
    .map((shown) => shown.market.market);
  const [chosen, setChosen] = useState({ market: first, tier: firstTier });
  const [values, setValues] = useState<Record<string, string>>({});
  const [reason, setReason] = useState("");
  const { busy, error, act } = useAct();
  const { tier } = chosen;
  const market = chosen.market || pairs[0] || "";
  // What the operator goes by is what was there when the form was opened, or was looked at again.
  const [seen, setSeen] = useState(all);
  const own = ownLimits(seen, market, tier);
  const fields = limitFields(seen, market, tier);
  const others = changedMeanwhile(fields, limitFields(all, market, tier));
  const asked = limitsAsked(own, tier, fields, values, reason.trim());
  const changes = fields.filter((field) => typed(values, field) !== field.now);
  const good =
    market !== "" &&
    changes.length > 0 &&
    reason.trim() !== "" &&
    fields.every((field) => isWritten(field, typed(values, field)));
  // What is typed is of the one that was chosen, and is begun anew with another.
  function choose(next: Partial<typeof chosen>) {
    setChosen({ ...chosen, market, ...next });
    setValues({});
  }
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !good) return;
    act(async () => {
      await withStepUp(() => desk().setRiskLimits(market, asked)).finally(changed);
      onClose();
    });
  }
  const shown = new Set<string>(REFUSED);
  const [refused, told] = [true, false].map((which) =>
    fields.filter(({ name }) => shown.has(name) === which),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("set")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={!good}>
            {t("set")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <p>{t("effect")}</p>
        <div className={styles.pair}>
          <Select
            label={t("market")}
            value={market}
            onValue={(value) => choose({ market: value })}
            options={(pairs.includes(market) || market === "" ? pairs : [market, ...pairs]).map((value) => ({
              value,
              label: value,
            }))}
          />
          <Select
            label={t("tier")}
            value={String(tier)}
            onValue={(value) => choose({ tier: Number(value) })}
            options={TIERS.map((value) => ({ value, label: t("tierName", { tier: Number(value) }) }))}
          />
        </div>
        {tier === 0 ? <p>{t("everybody")}</p> : own === undefined && <p>{t("firstOwn")}</p>}
        {[
          { title: t("refused"), of: refused },
          { title: t("told"), of: told },
        ].map(({ title, of }) => (
          <fieldset key={title} className={styles.group}>
            <legend>{title}</legend>
            {of?.map((field) => (
              <TextField
                key={field.name}
                label={labelOf(t(`names.${field.name as LimitName}`), unitOf(field.name, market))}
                dir="ltr"
                autoComplete="off"
                inputMode={field.kind === "decimal" ? "decimal" : "numeric"}
                value={typed(values, field)}
                onChange={(event) => setValues({ ...values, [field.name]: event.target.value })}
              />
            ))}
          </fieldset>
        ))}
        <Button
          size={32}
          onClick={() => setValues(Object.fromEntries(fields.map(({ name }) => [name, "0"])))}
        >
          {t("clear")}
        </Button>
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          dir="auto"
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <LimitChanges market={market} fields={changes} values={values} />
        {others.length > 0 && (
          <Meanwhile onLook={() => setSeen(all)}>
            <LimitChanges
              market={market}
              fields={fields.filter(({ name }) => others.some((one) => one.name === name))}
              values={Object.fromEntries(others.map(({ name, after }) => [name, after]))}
            />
          </Meanwhile>
        )}
        {tier !== 0 && isNone(fields, values) && <p>{t("thenZero")}</p>}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}

/** A name with its unit apart from the direction of the text around it. */
function labelOf(name: string, unit: string | undefined): string {
  return unit === undefined ? name : `${name} (\u2068${unit}\u2069)`;
}

function unitOf(name: string, market: string): string | undefined {
  const [base, quote] = market.split("-");
  if (name === "max_quantity") return base;
  if (name.includes("notional")) return quote;
  return name === "flag_far_ppm" ? "ppm" : undefined;
}

/** What holds for the tier now and what is to, of each limit that changes. */
function LimitChanges({
  market,
  fields,
  values,
}: {
  market: string;
  fields: readonly ActField[];
  values: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("admin.risk");
  const words = useLimitWords(market);
  const written = fields.filter((field) => isWritten(field, typed(values, field)));
  if (written.length === 0) return null;
  return (
    <dl className={styles.changes}>
      {written.map((field) => {
        const name = field.name as LimitName;
        return (
          <div key={name}>
            <dt>{t(`names.${name}`)}</dt>
            <dd>
              <del>{words(name, field.now)}</del> <span className="quiet">{t("becomes")}</span>{" "}
              <span aria-hidden className="mirror">
                →
              </span>{" "}
              <ins>{words(name, typed(values, field))}</ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
