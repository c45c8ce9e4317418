"use client";

import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/Button";
import { Empty } from "@/components/States";
import { BalancesTable } from "@/features/own/BalancesTable";
import type { Valuation } from "@/features/own/valuation";
import { openFaucet } from "./faucetState";

/** What the person has of each asset, and what it is worth. */
export function Balances({ value, visitor }: { value: Valuation | null; visitor: boolean }) {
  const t = useTranslations("portfolio");
  if (value !== null && value.holdings.length === 0) {
    return (
      <Empty
        drawing="balances"
        title={t("empty.balances")}
        action={
          <>
            <Button look="primary" size={32} onClick={openFaucet}>
              {t("getPlayMoney")}
            </Button>
            <ButtonLink size={32} href="/markets">
              {t("discover")}
            </ButtonLink>
          </>
        }
      >
        {t("empty.balancesText")}
      </Empty>
    );
  }
  return <BalancesTable label={visitor ? t("sampleTable") : t("tabs.balances")} value={value} look="page" />;
}
