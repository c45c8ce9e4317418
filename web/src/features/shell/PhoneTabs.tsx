"use client";

import { ArrowLeftRight, ChartNoAxesColumn, House, PieChart, User } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import { Link } from "@/i18n/Link";
import styles from "./PhoneTabs.module.css";
import { usePlace, useTradeHref } from "./places";

/** The five rooms, at the lower edge of a phone. */
export function PhoneTabs() {
  const t = useTranslations("common");
  const place = usePlace();
  const trade = useTradeHref();
  const tabs = [
    { key: "home", href: "/", icon: House, label: t("nav.home") },
    { key: "markets", href: "/markets", icon: ChartNoAxesColumn, label: t("nav.markets") },
    { key: "trade", href: trade, icon: ArrowLeftRight, label: t("nav.trade") },
    { key: "portfolio", href: "/portfolio", icon: PieChart, label: t("nav.portfolio") },
    { key: "account", href: "/settings", icon: User, label: t("nav.account") },
  ] as const;
  return (
    <nav aria-label={t("nav.label")} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          href={tab.href}
          className={styles.tab}
          aria-current={place === tab.key ? "page" : undefined}
        >
          <Icon of={tab.icon} size={20} />
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
