"use client";

import type { SessionView } from "@cse/client";
import { useTranslations } from "next-intl";
import { TextDialog } from "@/features/acting/TextDialog";
import { useSessionChanges } from "./useSessions";

/** What the person calls a device; an empty name takes it away. */
export function NameDialog({ session, onClose }: { session: SessionView; onClose(): void }) {
  const t = useTranslations("settings.sessions");
  const changes = useSessionChanges();
  return (
    <TextDialog
      title={t("nameTitle")}
      label={t("name")}
      hint={t("nameHint")}
      value={session.name ?? ""}
      optional
      action={t("save")}
      save={(name) => changes.name(session, name)}
      onClose={onClose}
    />
  );
}
