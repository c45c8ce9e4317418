"use client";

import { parseInput, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/Toast";
import { useFormat } from "@/providers/format";
import { useListings, VALUE_ASSET } from "@/providers/market/markets";
import { ownFeed } from "@/providers/own/own";
import { exchangeOf, useSession } from "@/providers/session";
import { type Asking, useWish } from "@/providers/wish";
import { closeFaucet, useFaucet } from "./faucetState";

const FIRST_AMOUNT = "1000";
/** Until the assets are known; what is typed with more is refused by the exchange. */
const DECIMALS = 6;

export interface FaucetWish extends Pick<Asking, "busy" | "error" | "unknown"> {
  readonly asset: string;
  readonly amount: string;
  /** The amount can be asked for. */
  readonly valid: boolean;
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
  const account = useSession((session) => session.account);
  const decimals = listings.data?.assets.get(asset)?.decimals ?? DECIMALS;
  const typed = parseInput(amount, format.numberLocale, decimals);
  const sum = typed.ok ? trimUnits(typed.units, decimals) : "";
  const { busy, error, unknown, ask: send } = useWish(JSON.stringify([account, asset, sum]));

  async function ask() {
    if (!typed.ok) return;
    const grant = await send((idempotencyKey) =>
      exchangeOf(account).faucet({ asset, amount: sum, idempotencyKey }),
    );
    if (grant === undefined) return;
    const given = { amount: format.decimal(grant.amount), asset: grant.asset };
    showToast({
      key: `faucet ${grant.sequence}`,
      tone: "good",
      title: t("given", given),
      body: t("givenText"),
    });
    closeFaucet();
    ownFeed().changed();
  }

  return {
    asset,
    amount,
    valid: typed.ok && typed.units > 0n,
    busy,
    error,
    unknown,
    chooseAsset: setAsset,
    write: setAmount,
    ask,
  };
}
