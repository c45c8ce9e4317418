"use client";

import type { MemberRole } from "@cse/client";
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
