"use client";

import { Link2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import styles from "./Orders.module.css";

/** Stands beside an order that is linked with others in the list. */
export function LinkedMark() {
  const t = useTranslations("own");
  return (
    <span className={styles.linked} role="img" aria-label={t("linked")} title={t("linked")}>
      <Icon of={Link2} size={12} />
    </span>
  );
}
