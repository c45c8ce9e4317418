"use client";

import { Bell as BellIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import { Link } from "@/i18n/Link";
import styles from "./Bell.module.css";
import { useUnread } from "./useNotifications";

const SHOWN_MAX = 99;

/** The way to the notifications, and how many are not read. */
export function Bell() {
  const t = useTranslations("common");
  const unread = useUnread() ?? 0;
  const label = unread > 0 ? t("bellUnread", { count: unread }) : t("bell");
  return (
    <Link href="/notifications" className={styles.bell} aria-label={label}>
      <Icon of={BellIcon} size={20} />
      {unread > 0 && (
        <span className={styles.count} aria-hidden>
          {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
        </span>
      )}
    </Link>
  );
}
