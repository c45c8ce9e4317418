"use client";

import type { DeskRates } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import styles from "../Admin.module.css";
import { useDeskChanged } from "../useDesk";
import { OF_ADDRESSES, ownRate, type RateName, rateNow, within } from "./rateForm";

const TIERS = Array.from({ length: 10 }, (_, tier) => String(tier));
const REASON_MAX = 200;

/** Sets one rate of one tier, within its bounds; says what it was and what it is to be. */
export function RateDialog({
  rates,
  first,
  onClose,
}: {
  rates: DeskRates;
  first: { tier: number; limit: RateName };
  onClose(): void;
}) {
  const t = useTranslations("rates");
  const common = useTranslations("common");
  const format = useFormat();
  const form = useId();
  const changed = useDeskChanged();
  const [chosen, setChosen] = useState(first);
  const [typed, setTyped] = useState<{ atOnce?: string; perSecond?: string }>({});
  const [unset, setUnset] = useState(false);
  const [reason, setReason] = useState("");
  const { busy, error, act } = useAct();
  const { limit } = chosen;
  const tier = limit === OF_ADDRESSES ? 0 : chosen.tier;
  const own = ownRate(rates, tier, limit);
  const now = rateNow(rates, tier, limit);
  const next = unset ? ownRate(rates, 0, limit) : now;
  const bounds = rates.bounds.find((one) => one.limit === limit);
  if (!now || !next || !bounds) return null;
  const atOnceText = typed.atOnce ?? String(next.at_once);
  const perSecondText = typed.perSecond ?? String(next.per_second);
  const atOnce = within(atOnceText, bounds.at_once_min, bounds.at_once_max);
  const perSecond = within(perSecondText, bounds.per_second_min, bounds.per_second_max);
  const isOther = unset || atOnce !== now.at_once || perSecond !== now.per_second || own === undefined;
  const good = atOnce !== null && perSecond !== null && isOther && reason.trim() !== "";
  const count = (number: number) => format.count(BigInt(number));
  const said = (one: number, other: number) => t("said", { atOnce: count(one), perSecond: count(other) });
  // What is typed is of the one that was chosen, and is begun anew with another.
  function choose(other: Partial<typeof chosen>) {
    setChosen({ ...chosen, ...other });
    setTyped({});
    setUnset(false);
  }
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !good) return;
    const asked = { at_once: unset ? 0 : atOnce, per_second: unset ? 0 : perSecond };
    act(async () => {
      await withStepUp(() => desk().setRate({ tier, limit, ...asked, reason: reason.trim() }));
      await changed();
      onClose();
    });
  }
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
            label={t("limit")}
            value={limit}
            onValue={(value) => choose({ limit: value as RateName })}
            options={rates.bounds.map((one) => ({ value: one.limit, label: t(`names.${one.limit}`) }))}
          />
          {limit !== OF_ADDRESSES && (
            <Select
              label={t("tier")}
              value={String(tier)}
              onValue={(value) => choose({ tier: Number(value) })}
              options={TIERS.map((value) => ({ value, label: t("tierName", { tier: Number(value) }) }))}
            />
          )}
        </div>
        {own === undefined && <p>{t("ofTierZero")}</p>}
        <TextField
          label={t("atOnce")}
          hint={t("between", { least: count(bounds.at_once_min), most: count(bounds.at_once_max) })}
          dir="ltr"
          autoComplete="off"
          inputMode="numeric"
          aria-invalid={atOnce === null}
          value={atOnceText}
          onChange={(event) => {
            setUnset(false);
            setTyped({ atOnce: event.target.value, perSecond: perSecondText });
          }}
        />
        <TextField
          label={t("perSecond")}
          hint={t("between", { least: count(bounds.per_second_min), most: count(bounds.per_second_max) })}
          dir="ltr"
          autoComplete="off"
          inputMode="numeric"
          aria-invalid={perSecond === null}
          value={perSecondText}
          onChange={(event) => {
            setUnset(false);
            setTyped({ atOnce: atOnceText, perSecond: event.target.value });
          }}
        />
        {tier !== 0 && own !== undefined && (
          <Button
            size={32}
            aria-pressed={unset}
            onClick={() => {
              setTyped({});
              setUnset(true);
            }}
          >
            {t("unset")}
          </Button>
        )}
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          dir="auto"
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {isOther && atOnce !== null && perSecond !== null && (
          <dl className={styles.changes}>
            <div>
              <dt>{t(`names.${limit}`)}</dt>
              <dd>
                <del>{said(now.at_once, now.per_second)}</del> <span className="quiet">{t("becomes")}</span>{" "}
                <span aria-hidden className="mirror">
                  →
                </span>{" "}
                <ins>{said(atOnce, perSecond)}</ins>
              </dd>
            </div>
          </dl>
        )}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}
