"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import styles from "./Admin.module.css";
import type { ActField } from "./marketActs";

/** What somebody else has changed since the form was opened, and the way to go on from there. */
export function Meanwhile({ children, onLook }: { children: ReactNode; onLook(): void }) {
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  return (
    <div role="alert" className={styles.group}>
      <p>{errors("codes.version_outdated")}</p>
      {children}
      <Button size={32} onClick={onLook}>
        {common("broken.action")}
      </Button>
    </div>
  );
}

/** The fields of a form that are others by now than they were seen. */
export function changedMeanwhile(
  seen: readonly ActField[],
  now: readonly ActField[],
): { name: string; before: string; after: string }[] {
  const found = new Map(now.map((one) => [one.name, one.now]));
  return seen
    .map((one) => ({ name: one.name, before: one.now, after: found.get(one.name) ?? one.now }))
    .filter(({ before, after }) => before !== after);
}
