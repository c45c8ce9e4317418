"use client";

import { formatInput, type HeldAccount, parseInput, parseUnits, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { FieldNote, NumberField } from "@/components/Field";
import { showToast } from "@/components/Toast";
import { useAccountName } from "@/features/shell/accountWords";
import { useAccountChanges } from "@/providers/accounts";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/market/markets";
import { ownFeed } from "@/providers/own/own";
import { useWish } from "@/providers/wish";
import styles from "./Transfers.module.css";

/** Until the assets are known; what is typed with more is refused by the exchange. */
const DECIMALS = 6;

interface Wish {
  readonly from: string;
  readonly to: string;
  readonly asset: string;
  readonly amount: string;
}

/** Moves money between two of the person's accounts. One key a wish: sent twice it moves once. */
export function TransferForm({ held, from }: { held: readonly HeldAccount[]; from: string }) {
  const t = useTranslations("transfers");
  const format = useFormat();
  const words = useErrorWords();
  const nameOf = useAccountName();
  const listings = useListings();
  const { transfer } = useAccountChanges();
  const [wish, setWish] = useState<Wish>(() => firstWish(held, from));

  const balances = balancesOf(held, wish.from);
  const available = availableOf(balances, wish.asset);
  const decimals = listings.data?.assets.get(wish.asset)?.decimals ?? DECIMALS;
  const typed = parseInput(wish.amount, format.numberLocale, decimals);
  const valid = typed.ok && typed.units > 0n && wish.from !== wish.to;
  const amount = typed.ok ? trimUnits(typed.units, decimals) : "";
  const { from: from_account, to: to_account, asset } = wish;
  const { busy, error, unknown, ask } = useWish(JSON.stringify({ ...wish, amount }));
  const change = (changed: Partial<Wish>) => setWish({ ...wish, ...changed });

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!valid) return;
    const moved = await ask((idempotencyKey) =>
      transfer({ from_account, to_account, asset, amount, idempotencyKey }),
    );
    if (moved === undefined) return;
    const to = held.find(({ account }) => account.id === to_account);
    const done = { amount: format.decimal(moved.amount), asset: moved.asset };
    showToast({
      key: `transfer ${moved.id}`,
      tone: "good",
      title: t("moved", done),
      body: to ? t("movedTo", { name: nameOf(to.account) }) : undefined,
    });
    ownFeed().changed();
    change({ amount: "" });
  }

  const options = held.map(({ account }) => ({ value: account.id, label: nameOf(account) }));
  const assets = balances.length > 0 ? balances.map(({ asset }) => asset) : [wish.asset];
  const refused = error === null ? null : words(error);
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)} noValidate>
      <div className={styles.sides}>
        <Labelled label={t("from")}>
          <Select
            label={t("from")}
            value={wish.from}
            onValue={(next) => change(movedFrom(wish, next, held))}
            options={options}
          />
          <Has asset={wish.asset} available={available}>
            <Button
              look="quiet"
              size={28}
              disabled={Number(available) === 0}
              onClick={() =>
                change({
                  amount: formatInput(parseUnits(available, decimals), decimals, format.numberLocale),
                })
              }
            >
              {t("all")}
            </Button>
          </Has>
        </Labelled>
        <Labelled label={t("to")}>
          <Select
            label={t("to")}
            value={wish.to}
            onValue={(to) => change({ to })}
            options={options.map((option) => ({ ...option, disabled: option.value === wish.from }))}
          />
          <Has asset={wish.asset} available={availableOf(balancesOf(held, wish.to), wish.asset)} />
        </Labelled>
      </div>
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
      {refused && <FieldNote error={`${refused.happened} ${refused.money} ${refused.next}`} />}
      <Button look="primary" type="submit" busy={busy} disabled={!valid} className={styles.send}>
        {unknown ? t("again") : t("move")}
      </Button>
    </form>
  );
}

/** What an account has of the asset, and perhaps what can be done with it. */
function Has({ asset, available, children }: { asset: string; available: string; children?: ReactNode }) {
  const t = useTranslations("transfers");
  const format = useFormat();
  return (
    <div className={styles.has}>
      <span>
        {t("availableNow")}{" "}
        <span className="figure">
          {format.decimal(available)} {asset}
        </span>
      </span>
      {children}
    </div>
  );
}

function balancesOf(held: readonly HeldAccount[], id: string): HeldAccount["balances"] {
  return held.find(({ account }) => account.id === id)?.balances ?? [];
}

function availableOf(balances: HeldAccount["balances"], asset: string): string {
  return balances.find((balance) => balance.asset === asset)?.available ?? "0";
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
