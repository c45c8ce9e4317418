"use client";

import { OutcomeUnknown, parseInput, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, NumberField } from "@/components/Field";
import { Ranges } from "@/components/Tabs";
import { showToast } from "@/components/Toast";
import { useErrorWords } from "@/providers/errorWords";
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/markets";
import { ownFeed } from "@/providers/own/own";
import styles from "./Faucet.module.css";
import { closeFaucet, useFaucet } from "./faucetState";

const AMOUNTS = ["100", "1000", "10000"] as const;

/** Play money into the account; the same wish sent twice gives once. */
export default function Faucet() {
  const t = useTranslations("common.faucet");
  const format = useFormat();
  const words = useErrorWords();
  const listings = useListings();
  const wanted = useFaucet((state) => state.asset);
  const [asset, setAsset] = useState(wanted ?? VALUE_ASSET);
  const [amount, setAmount] = useState("1000");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // One key a wish: it is made anew only when the wish changes or has been fulfilled.
  const [key, setKey] = useState(newKey);
  const assets = [...(listings.data?.assets.values() ?? [])];
  const facts = listings.data?.assets.get(asset);
  const typed = parseInput(amount, format.numberLocale, facts?.decimals ?? 6);
  const valid = typed.ok && typed.units > 0n;

  function change(act: () => void) {
    act();
    setError(null);
    setKey(newKey());
  }

  async function ask() {
    if (!typed.ok || busy) return;
    setBusy(true);
    setError(null);
    try {
      const text = trimUnits(typed.units, facts?.decimals ?? 6);
      const grant = await exchange().faucet({ asset, amount: text, idempotencyKey: key });
      showToast({
        key: `faucet ${key}`,
        tone: "good",
        title: t("given", { amount: format.decimal(grant.amount), asset: grant.asset }),
        body: t("givenText"),
      });
      closeFaucet();
      ownFeed().changed();
    } catch (refusal) {
      setError(refusal);
      if (!(refusal instanceof OutcomeUnknown)) setKey(newKey());
    } finally {
      setBusy(false);
    }
  }

  const said = error === null ? null : words(error);
  return (
    <Dialog
      open
      onClose={closeFaucet}
      title={t("title")}
      aside={<Badge tone="outline">{t("demo")}</Badge>}
      actions={
        <>
          <Button onClick={closeFaucet}>{t("notNow")}</Button>
          <Button look="primary" busy={busy} disabled={!valid} onClick={() => void ask()}>
            {busy ? t("busy") : error instanceof OutcomeUnknown ? t("again") : t("action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("text")}</p>
        <Select
          label={t("asset")}
          value={asset}
          onValue={(value) => change(() => setAsset(value))}
          options={(assets.length > 0 ? assets : [{ asset: VALUE_ASSET, name: VALUE_ASSET }]).map((each) => ({
            value: each.asset,
            label: each.name === each.asset ? each.asset : `${each.asset} · ${each.name}`,
          }))}
        />
        <NumberField
          label={t("amount")}
          unit={asset}
          value={amount}
          maxLength={24}
          onValue={(text) => change(() => setAmount(text))}
          error={amount.trim() !== "" && !valid ? t("amountHint") : undefined}
        />
        <Ranges
          label={t("amounts")}
          value={AMOUNTS.find((known) => known === amount) ?? null}
          onValue={(text) => change(() => setAmount(text))}
          options={AMOUNTS.map((each) => ({
            key: each,
            label: <span className="figure">{format.decimal(each)}</span>,
          }))}
        />
        {said && <FieldNote error={`${said.happened} ${said.money} ${said.next}`} />}
      </div>
    </Dialog>
  );
}

function newKey(): string {
  return crypto.randomUUID();
}
