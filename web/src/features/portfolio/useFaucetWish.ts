"use client";

import { OutcomeUnknown, parseInput, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/Toast";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/markets";
import { ownFeed } from "@/providers/own/own";
import { exchangeOf, useSession } from "@/providers/session";
import { closeFaucet, useFaucet } from "./faucetState";

const FIRST_AMOUNT = "1000";
/** Until the assets are known; what is typed with more is refused by the exchange. */
const DECIMALS = 6;

export interface FaucetWish {
  readonly asset: string;
  readonly amount: string;
  /** The amount can be asked for. */
  readonly valid: boolean;
  readonly busy: boolean;
  /** Why it was not given, or not known to be; null while there is nothing to say. */
  readonly error: unknown;
  chooseAsset(asset: string): void;
  write(amount: string): void;
  ask(): Promise<void>;
}

/** What is wished for. One key a wish: sent twice it gives once. */
export function useFaucetWish(): FaucetWish {
  const t = useTranslations("common.faucet");
  const format = useFormat();
  const listings = useListings();
  const wanted = useFaucet((state) => state.asset);
  const [asset, setAsset] = useState(wanted ?? VALUE_ASSET);
  const [amount, setAmount] = useState(FIRST_AMOUNT);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // Made anew only when the wish changes or has been answered.
  const [key, setKey] = useState(newKey);
  const decimals = listings.data?.assets.get(asset)?.decimals ?? DECIMALS;
  const typed = parseInput(amount, format.numberLocale, decimals);

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
      const wish = { asset, amount: trimUnits(typed.units, decimals), idempotencyKey: key };
      const grant = await exchangeOf(useSession.getState().account).faucet(wish);
      const given = { amount: format.decimal(grant.amount), asset: grant.asset };
      showToast({ key: `faucet ${key}`, tone: "good", title: t("given", given), body: t("givenText") });
      closeFaucet();
      ownFeed().changed();
    } catch (refusal) {
      setError(refusal);
      if (!(refusal instanceof OutcomeUnknown)) setKey(newKey());
    } finally {
      setBusy(false);
    }
  }

  return {
    asset,
    amount,
    valid: typed.ok && typed.units > 0n,
    busy,
    error,
    chooseAsset: (next) => change(() => setAsset(next)),
    write: (next) => change(() => setAmount(next)),
    ask,
  };
}

function newKey(): string {
  return crypto.randomUUID();
}
