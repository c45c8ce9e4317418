"use client";

import type { MemberRole, OneOrganisation } from "@cse/client";
import { useLocale, useTranslations } from "next-intl";

/** All roles there are, from reading to deciding. */
export const ROLES: readonly MemberRole[] = ["viewer", "trader", "treasurer", "approver", "owner"];

/** What several roles are called, in one line. */
export function useRoleWords(): (roles: readonly string[]) => string {
  const t = useTranslations("organisations.roles");
  const locale = useLocale();
  return (roles) =>
    new Intl.ListFormat(locale, { type: "unit" }).format(
      roles.map((role) => (t.has(role as MemberRole) ? t(role as MemberRole) : role)),
    );
}

/** What several accounts of an organisation are called, in one line; their ids where they are not known. */
export function useAccountNames(there: OneOrganisation): (ids: readonly string[]) => string {
  const t = useTranslations("organisations.accounts");
  const locale = useLocale();
  const nameOf = (id: string) => {
    const account = there.organisation.accounts.find((one) => one.id === id);
    return isolated(account === undefined ? id : (account.name ?? t("main")));
  };
  return (ids) => new Intl.ListFormat(locale, { type: "unit" }).format(ids.map(nameOf));
}

/** What a person has written, which the direction of the words around it leaves as it is. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
