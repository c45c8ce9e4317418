"use client";

import type { DeskMarket } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { Changes } from "./Changes";
import { changedMeanwhile, Meanwhile } from "./Meanwhile";
import {
  type ActField,
  carryOut,
  changesBy,
  fieldsOf,
  firstStatus,
  isWritten,
  type MarketAct,
  OF_TWO,
  STATUSES,
  typed,
} from "./marketActs";
import { useDeskChanged } from "./useDesk";

const REASON_MAX = 200;

/** The form of one act about a market: what it does, what will be another than before, and why. */
export function MarketActDialog({
  act,
  shown,
  onClose,
}: {
  act: MarketAct | "create";
  /** The market as it is; null where there is none yet. */
  shown: DeskMarket | null;
  onClose(): void;
}) {
  const t = useTranslations("admin.markets");
  const common = useTranslations("common");
  const [, show] = useUrlState();
  const form = useId();
  const changed = useDeskChanged();
  const [values, setValues] = useState<Record<string, string>>(
    act === "status" ? { status: firstStatus(shown?.market.status ?? "") } : {},
  );
  // What the operator goes by is what was there when the form was opened, or was looked at again.
  const [seen, setSeen] = useState(shown);
  const fields = fieldsOf(act, seen, values);
  const others = changedMeanwhile(fields, fieldsOf(act, shown, values));
  const [reason, setReason] = useState("");
  const { busy, error, act: run } = useAct();
  const market = shown?.market.market ?? "";
  const isAuction = values.status === "auction";
  const visible = fields.filter((one) => one.name !== "auction_ends_at" || isAuction);
  const good = visible.every((one) => isWritten(one, typed(values, one))) && reason.trim() !== "";
  const changes = changesBy(fields, values);
  function send(event: FormEvent) {
    event.preventDefault();
    if (busy || !good) return;
    run(async () => {
      await withStepUp(() => carryOut(act, market, visible, values, reason.trim())).finally(changed);
      onClose();
      if (OF_TWO.has(act)) show({ tab: "requests", market: null }, true);
    });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`acts.${act}`)}
      aside={market && <bdi dir="ltr">{market}</bdi>}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            look={act === "delist" || act === "cancelOrders" ? "danger" : "primary"}
            type="submit"
            form={form}
            busy={busy}
            disabled={!good}
          >
            {OF_TWO.has(act)
              ? t("ask")
              : t(act === "status" ? `does.${values.status as "open"}` : `acts.${act}`)}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <p>{t(act === "status" ? `effects.${values.status as "open"}` : `effects.${act}`)}</p>
        {OF_TWO.has(act) && <p>{t("ofTwo")}</p>}
        {visible.map((one) => (
          <Field
            key={one.name}
            field={one}
            value={typed(values, one)}
            onValue={(value) => setValues({ ...values, [one.name]: value })}
          />
        ))}
        <TextField
          label={t("reason")}
          hint={t("reasonHint")}
          dir="auto"
          autoComplete="off"
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {act !== "create" && <Changes items={changes} />}
        {others.length > 0 && (
          <Meanwhile onLook={() => setSeen(shown)}>
            <Changes items={others} />
          </Meanwhile>
        )}
        {error !== null && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}

function Field({ field, value, onValue }: { field: ActField; value: string; onValue(value: string): void }) {
  const t = useTranslations("admin.markets");
  const { name, kind } = field;
  if (kind === "status") {
    return (
      <Select
        label={t("fields.status")}
        value={value}
        onValue={onValue}
        options={STATUSES.map((status) => ({ value: status, label: t(`states.${status}`) }))}
      />
    );
  }
  return (
    <TextField
      label={t(`fields.${name as "tier"}`)}
      dir="ltr"
      autoComplete="off"
      type={kind === "time" ? "datetime-local" : "text"}
      inputMode={kind === "count" ? "numeric" : kind === "decimal" ? "decimal" : undefined}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}
