"use client";

import type { AccountView, HeldAccount } from "@cse/client";
import { ChevronDown, Settings } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect } from "react";
import { Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { rounded } from "@/features/own/worth";
import { inUse, useAccountChanges, useAccounts, useOrganisations } from "@/providers/accounts";
import { useFormat } from "@/providers/format";
import { VALUE_ASSET } from "@/providers/market/markets";
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
  const shared = useShared();
  const own = open.find((one) => one.account.id === account);
  const chosen = own === undefined ? shared.find((one) => one.id === account) : asChosen(own, nameOf);
  // One that was archived, here or elsewhere, is no place to be in; nor one that one acts for no more.
  const lost = held.isSuccess && chosen === undefined && mainAccount !== null && account !== mainAccount;
  useEffect(() => {
    if (lost && mainAccount !== null) chooseAccount(mainAccount, null);
  }, [lost, mainAccount]);
  // It may have got another name, here or elsewhere.
  const name = chosen?.name;
  useEffect(() => {
    if (account !== null && name !== undefined) chooseAccount(account, name);
  }, [account, name]);
  if (open.length + shared.length < 2 || chosen === undefined) return null;
  return (
    <Menu
      label={`${t("choose")}: ${chosen.shown}`}
      buttonClassName={styles.button}
      button={
        <>
          <bdi className="clip">{chosen.shown}</bdi>
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
  const shared = useShared();
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
      {shared.length > 0 && <MenuLine />}
      {shared.map((one) => (
        <MenuItem
          key={one.id}
          checked={one.id === account}
          onSelect={() => {
            close();
            chooseAccount(one.id, one.name);
          }}
        >
          <bdi className="clip">{one.shown}</bdi>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        onSelect={() => {
          close();
          router.push(`/${locale}/organisations`);
        }}
      >
        {t("organisations")}
      </MenuItem>
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

interface Choice {
  readonly id: string;
  /** What it is remembered by; the person's main account has no name. */
  readonly name: string | null;
  readonly shown: string;
}

/** The accounts of the organisations that this person acts for. */
function useShared(): readonly Choice[] {
  const organisations = useOrganisations().data ?? [];
  return organisations.flatMap(({ name, accounts }) =>
    accounts.flatMap((one) => {
      if (one.archived_at !== null) return [];
      const shown = one.name === null ? name : `${name} · ${one.name}`;
      return { id: one.id, name: shown, shown };
    }),
  );
}

function asChosen({ account }: HeldAccount, nameOf: (account: AccountView) => string): Choice {
  return { id: account.id, name: account.name, shown: nameOf(account) };
}
