"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, NumberField } from "@/components/Field";
import { Ranges } from "@/components/Tabs";
import { useErrorWords } from "@/providers/errorWords";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/market/markets";
import styles from "./Faucet.module.css";
import { closeFaucet } from "./faucetState";
import { type FaucetWish, useFaucetWish } from "./useFaucetWish";

const AMOUNTS = ["100", "1000", "10000"] as const;

/** Play money into the account; the same wish sent twice gives once. */
export default function Faucet() {
  const t = useTranslations("common.faucet");
  const wish = useFaucetWish();
  const { valid, busy, error, unknown } = wish;
  return (
    <Dialog
      open
      onClose={closeFaucet}
      title={t("title")}
      aside={<Badge tone="outline">{t("demo")}</Badge>}
      actions={
        <>
          <Button onClick={closeFaucet}>{t("notNow")}</Button>
          <Button look="primary" busy={busy} disabled={!valid} onClick={() => void wish.ask()}>
            {busy ? t("busy") : unknown ? t("again") : t("action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("text")}</p>
        <AssetChoice wish={wish} />
        <AmountChoice wish={wish} />
        {error !== null && <Refusal error={error} />}
      </div>
    </Dialog>
  );
}

function AssetChoice({ wish }: { wish: FaucetWish }) {
  const t = useTranslations("common.faucet");
  const listings = useListings();
  const known = [...(listings.data?.assets.values() ?? [])];
  const assets = known.length > 0 ? known : [{ asset: wish.asset, name: wish.asset }];
  return (
    <Select
      label={t("asset")}
      value={wish.asset}
      onValue={wish.chooseAsset}
      options={assets.map(({ asset, name }) => ({
        value: asset,
        label: name === asset ? asset : `${asset} · ${name}`,
      }))}
    />
  );
}

function AmountChoice({ wish }: { wish: FaucetWish }) {
  const t = useTranslations("common.faucet");
  const format = useFormat();
  const { asset, amount, valid, write } = wish;
  return (
    <>
      <NumberField
        label={t("amount")}
        unit={asset}
        value={amount}
        maxLength={24}
        onValue={write}
        error={amount.trim() !== "" && !valid ? t("amountHint") : undefined}
      />
      <Ranges
        label={t("amounts")}
        value={AMOUNTS.find((known) => known === amount) ?? null}
        onValue={write}
        options={AMOUNTS.map((each) => ({
          key: each,
          label: <span className="figure">{format.decimal(each)}</span>,
        }))}
      />
    </>
  );
}

function Refusal({ error }: { error: unknown }) {
  const { happened, money, next } = useErrorWords()(error);
  return <FieldNote error={`${happened} ${money} ${next}`} />;
}
