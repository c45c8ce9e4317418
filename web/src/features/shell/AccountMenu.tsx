"use client";

import { Activity, ArrowLeftRight, CodeXml, Coins, LogOut, PieChart, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Cover } from "@/components/Cover";
import { Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/market/markets";
import { useBalances } from "@/providers/own/own";
import { signOut, useSession } from "@/providers/session";
import styles from "./AccountMenu.module.css";

/** The person's squircle and what it opens. */
export function AccountMenu() {
  const t = useTranslations("common");
  const { account, mainAccount, displayName } = useSession();
  const router = useRouter();
  const locale = useLocale();
  const format = useFormat();
  const balances = useBalances().data;
  const money = balances && (balances.get(VALUE_ASSET) ?? { available: "0" });
  const go = (path: string) => router.push(`/${locale}${path}`);

  return (
    <Menu
      label={t("account")}
      buttonClassName={styles.button}
      button={<Cover id={mainAccount ?? "?"} name={displayName ?? ""} size={28} person />}
    >
      {(close) => {
        const then = (act: () => void) => () => {
          close();
          act();
        };
        return (
          <>
            <p className={styles.who}>
              <bdi className="clip">{displayName}</bdi>
              <span className={styles.number}>
                {t("accountNumber")} <span className="figure">{account}</span>
              </span>
              <span className={styles.money}>
                <span className="figure">{money ? format.decimal(money.available, 2) : <Unknown />}</span>{" "}
                {VALUE_ASSET} {t("available")}
              </span>
            </p>
            <MenuLine />
            <MenuItem icon={<Icon of={PieChart} />} onSelect={then(() => go("/portfolio"))}>
              {t("nav.portfolio")}
            </MenuItem>
            <MenuItem icon={<Icon of={ArrowLeftRight} />} onSelect={then(() => go("/transfers"))}>
              {t("nav.transfers")}
            </MenuItem>
            <MenuItem onSelect={then(() => go("/organisations"))}>{t("accounts.organisations")}</MenuItem>
            <MenuItem icon={<Icon of={Coins} />} onSelect={then(openFaucet)}>
              {t("playMoney")}
            </MenuItem>
            <MenuItem icon={<Icon of={Settings} />} onSelect={then(() => go("/settings"))}>
              {t("nav.settings")}
            </MenuItem>
            <MenuItem icon={<Icon of={Activity} />} onSelect={then(() => go("/status"))}>
              {t("nav.status")}
            </MenuItem>
            <MenuItem icon={<Icon of={CodeXml} />} onSelect={then(() => go("/developers"))}>
              {t("nav.developers")}
            </MenuItem>
            <MenuLine />
            <MenuItem icon={<Icon of={LogOut} className="mirror" />} onSelect={then(() => void signOut())}>
              {t("signOut")}
            </MenuItem>
          </>
        );
      }}
    </Menu>
  );
}
