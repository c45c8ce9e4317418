"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Key } from "@/components/Chip";
import { Icon } from "@/components/Icon";
import styles from "./Markets.module.css";

/** Narrows the list by what is typed; a slash brings the focus here. */
export function SearchField({ query, onQuery }: { query: string; onQuery(query: string | null): void }) {
  const t = useTranslations("markets");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.isComposing || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener("keydown", slash);
    return () => removeEventListener("keydown", slash);
  }, []);
  return (
    <label className={styles.filter}>
      <Icon of={ListFilter} size={14} />
      <span className="quiet">{t("filter")}</span>
      <input
        ref={field}
        type="search"
        value={query}
        maxLength={64}
        placeholder={t("filter")}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onQuery(null)}
      />
      <Key>/</Key>
    </label>
  );
}

/** Whether a key belongs to a field. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
