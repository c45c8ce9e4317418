"use client";

import {
  formatInput,
  type HeldAccount,
  OutcomeUnknown,
  parseInput,
  parseUnits,
  trimUnits,
} from "@cse/client";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, NumberField } from "@/components/Field";
import { showToast } from "@/components/Toast";
import { useAccountName } from "@/features/shell/accountWords";
import { useAccountChanges } from "@/providers/accounts";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/markets";
import { ownFeed } from "@/providers/own/own";
import styles from "./TransferDialog.module.css";

/** Until the assets are known; what is typed with more is refused by the exchange. */
const DECIMALS = 6;

interface Wish {
  readonly from: string;
  readonly to: string;
  readonly asset: string;
  readonly amount: string;
}

/** Moves money between two of the person's accounts. One key a wish: sent twice it moves once. */
export function TransferDialog({
  held,
  from,
  onClose,
}: {
  held: readonly HeldAccount[];
  from: string;
  onClose(): void;
}) {
  const t = useTranslations("accounts");
  const common = useTranslations("common");
  const format = useFormat();
  const words = useErrorWords();
  const nameOf = useAccountName();
  const listings = useListings();
  const { transfer, looked } = useAccountChanges();
  const [wish, setWish] = useState<Wish>(() => firstWish(held, from));
  const [key, setKey] = useState(newKey);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what moved since it was read
  useEffect(() => looked(), []);

  const balances = held.find(({ account }) => account.id === wish.from)?.balances ?? [];
  const available = balances.find(({ asset }) => asset === wish.asset)?.available ?? "0";
  const decimals = listings.data?.assets.get(wish.asset)?.decimals ?? DECIMALS;
  const typed = parseInput(wish.amount, format.numberLocale, decimals);
  const valid = typed.ok && typed.units > 0n && wish.from !== wish.to;

  function change(changed: Partial<Wish>) {
    setWish({ ...wish, ...changed });
    setError(null);
    setKey(newKey());
  }

  async function send() {
    if (!typed.ok || !valid || busy) return;
    setBusy(true);
    setError(null);
    try {
      const amount = trimUnits(typed.units, decimals);
      const moved = await transfer({
        from_account: wish.from,
        to_account: wish.to,
        asset: wish.asset,
        amount,
        idempotencyKey: key,
      });
      const to = held.find(({ account }) => account.id === wish.to);
      const done = { amount: format.decimal(moved.amount), asset: moved.asset };
      showToast({
        key: `transfer ${key}`,
        tone: "good",
        title: t("moved", done),
        body: to ? t("movedTo", { name: nameOf(to.account) }) : undefined,
      });
      ownFeed().changed();
      onClose();
    } catch (refusal) {
      setError(refusal);
      if (!(refusal instanceof OutcomeUnknown)) setKey(newKey());
    } finally {
      setBusy(false);
    }
  }

  const options = held.map(({ account }) => ({ value: account.id, label: nameOf(account) }));
  const assets = balances.length > 0 ? balances.map(({ asset }) => asset) : [wish.asset];
  const refused = error === null ? null : words(error);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("transferTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" busy={busy} disabled={!valid} onClick={() => void send()}>
            {error instanceof OutcomeUnknown ? t("again") : t("move")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Labelled label={t("from")}>
          <Select
            label={t("from")}
            value={wish.from}
            onValue={(next) => change(movedFrom(wish, next, held))}
            options={options}
          />
        </Labelled>
        <Labelled label={t("to")}>
          <Select
            label={t("to")}
            value={wish.to}
            onValue={(to) => change({ to })}
            options={options.map((option) => ({ ...option, disabled: option.value === wish.from }))}
          />
        </Labelled>
        <Labelled label={t("asset")}>
          <Select
            label={t("asset")}
            value={wish.asset}
            onValue={(asset) => change({ asset, amount: "" })}
            options={assets.map((asset) => ({ value: asset, label: asset }))}
          />
        </Labelled>
        <NumberField
          label={t("amount")}
          unit={wish.asset}
          value={wish.amount}
          maxLength={40}
          onValue={(amount) => change({ amount })}
          error={wish.amount.trim() !== "" && !typed.ok ? t("amountHint") : undefined}
        />
        <p className={styles.available}>
          <span>
            {t("availableNow")}{" "}
            <span className="figure">
              {format.decimal(available)} {wish.asset}
            </span>
          </span>
          <Button
            look="quiet"
            size={28}
            disabled={Number(available) === 0}
            onClick={() =>
              change({ amount: formatInput(parseUnits(available, decimals), decimals, format.numberLocale) })
            }
          >
            {t("all")}
          </Button>
        </p>
        {refused && <FieldNote error={`${refused.happened} ${refused.money} ${refused.next}`} />}
      </div>
    </Dialog>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.labelled}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  );
}

function firstWish(held: readonly HeldAccount[], from: string): Wish {
  const first = held.find(({ account }) => account.id === from) ?? held[0];
  const to = held.find(({ account }) => account.id !== first?.account.id);
  const assets = first?.balances.map(({ asset }) => asset) ?? [];
  const asset = assets.includes(VALUE_ASSET) ? VALUE_ASSET : (assets[0] ?? VALUE_ASSET);
  return { from: first?.account.id ?? "", to: to?.account.id ?? "", asset, amount: "" };
}

/** The wish with another account to take from: what it has, and not into itself. */
function movedFrom(wish: Wish, from: string, held: readonly HeldAccount[]): Wish {
  const { asset } = firstWish(held, from);
  return { from, to: wish.to === from ? wish.from : wish.to, asset, amount: "" };
}

function newKey(): string {
  return crypto.randomUUID();
}
