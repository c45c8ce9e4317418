"use client";

import { ChevronDown, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import { Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { rounded } from "@/features/own/valuation";
import { inUse, useAccountChanges, useAccounts } from "@/providers/accounts";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/markets";
import { chooseAccount, useSession } from "@/providers/session";
import styles from "./AccountSwitcher.module.css";
import { useAccountName, useTotalOf } from "./accountWords";

/** Which of the person's accounts this tab is about; nothing for who has one. */
export function AccountSwitcher() {
  const t = useTranslations("common.accounts");
  const { account, mainAccount } = useSession();
  const held = useAccounts();
  const nameOf = useAccountName();
  const open = inUse(held.data);
  const chosen = open.find((one) => one.account.id === account);
  // One that was archived, here or elsewhere, is no place to be in.
  const lost = held.isSuccess && chosen === undefined && mainAccount !== null && account !== mainAccount;
  useEffect(() => {
    if (lost && mainAccount !== null) chooseAccount(mainAccount, null);
  }, [lost, mainAccount]);
  // It may have got another name, here or elsewhere.
  const name = chosen?.account.name;
  useEffect(() => {
    if (account !== null && name !== undefined) chooseAccount(account, name);
  }, [account, name]);
  if (open.length < 2 || chosen === undefined) return null;
  return (
    <Menu
      label={`${t("choose")}: ${nameOf(chosen.account)}`}
      buttonClassName={styles.button}
      button={
        <>
          <bdi className="clip">{nameOf(chosen.account)}</bdi>
          <Icon of={ChevronDown} size={14} />
        </>
      }
    >
      {(close) => <Choices close={close} />}
    </Menu>
  );
}

function Choices({ close }: { close(): void }) {
  const t = useTranslations("common.accounts");
  const account = useSession((session) => session.account);
  const format = useFormat();
  const router = useRouter();
  const locale = useLocale();
  const nameOf = useAccountName();
  const totalOf = useTotalOf();
  const open = inUse(useAccounts().data);
  const { looked } = useAccountChanges();
  // What moved meanwhile is in it by the time it is read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as it opens
  useEffect(() => looked(), []);
  return (
    <>
      {open.map((one) => {
        const total = totalOf(one);
        return (
          <MenuItem
            key={one.account.id}
            checked={one.account.id === account}
            hint={
              <span className="figure">
                {total === null ? <Unknown /> : format.units(rounded(total.units, total.decimals), 2)}{" "}
                {VALUE_ASSET}
              </span>
            }
            onSelect={() => {
              close();
              chooseAccount(one.account.id, one.account.name);
            }}
          >
            <bdi className="clip">{nameOf(one.account)}</bdi>
          </MenuItem>
        );
      })}
      <MenuLine />
      <MenuItem
        icon={<Icon of={Settings} />}
        onSelect={() => {
          close();
          router.push(`/${locale}/settings#accounts`);
        }}
      >
        {t("manage")}
      </MenuItem>
    </>
  );
}
