"use client";

import type { OrganisationView } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useWish } from "@/providers/wish";
import styles from "./Organisations.module.css";
import { useAsk } from "./useAsk";
import { inUseOf, organisations, useHoldings } from "./useOrganisation";

/** Moves money between two accounts of an organisation, or asks for that. One key a wish. */
export function MoveDialog({ of, onClose }: { of: OrganisationView; onClose(): void }) {
  const t = useTranslations("organisations.accounts");
  const common = useTranslations("common");
  const format = useFormat();
  const form = useId();
  const accounts = inUseOf(of);
  const [from, setFrom] = useState(accounts[0]?.id ?? "");
  const [to, setTo] = useState(accounts[1]?.id ?? "");
  const [asset, setAsset] = useState("");
  const [amount, setAmount] = useState("");
  const balances = useHoldings(from).data ?? [];
  const words = useErrorWords();
  const askFor = useAsk();
  const chosen = balances.some((one) => one.asset === asset) ? asset : (balances[0]?.asset ?? "");
  const options = accounts.map(({ id, name }) => ({ value: id, label: name ?? t("main") }));
  const wish = { from_account: from, to_account: to, asset: chosen, amount: amount.trim() };
  const { busy, error, unknown, ask } = useWish(JSON.stringify(wish));
  const refused = error === null ? null : words(error);
  async function send(event: FormEvent) {
    event.preventDefault();
    if (chosen === "" || wish.amount === "" || from === to) return;
    const asked = await ask((idempotencyKey) =>
      askFor(() => organisations().transfer(of.id, { ...wish, idempotencyKey })),
    );
    if (asked) onClose();
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("move")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={from === to}>
            {unknown ? common("faucet.again") : t("moveAction")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void send(event)} noValidate>
        <Labelled label={t("from")}>
          <Select label={t("from")} value={from} onValue={setFrom} options={options} />
        </Labelled>
        <Labelled label={t("to")}>
          <Select label={t("to")} value={to} onValue={setTo} options={options} />
        </Labelled>
        <Labelled label={t("asset")}>
          <Select
            label={t("asset")}
            value={chosen}
            onValue={setAsset}
            options={balances.map((one) => ({
              value: one.asset,
              label: `${one.asset} · ${format.decimal(one.available)}`,
            }))}
          />
        </Labelled>
        <TextField
          label={t("amount")}
          value={amount}
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          onChange={(event) => setAmount(event.target.value)}
        />
        {refused && <FieldNote error={`${refused.happened} ${refused.money} ${refused.next}`} />}
      </form>
    </Dialog>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}
