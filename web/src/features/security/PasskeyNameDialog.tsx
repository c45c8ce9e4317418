"use client";

import type { PasskeyView } from "@cse/client";
import { useTranslations } from "next-intl";
import { TextDialog } from "@/features/acting/TextDialog";
import { account } from "@/providers/account";
import { useSecurityChanged } from "./useSecurity";

/** What the person calls a passkey. */
export function PasskeyNameDialog({ passkey, onClose }: { passkey: PasskeyView; onClose(): void }) {
  const t = useTranslations("settings.security");
  const changed = useSecurityChanged();
  return (
    <TextDialog
      title={t("nameTitle")}
      label={t("name")}
      value={passkey.name}
      action={t("save")}
      save={(name) => account().namePasskey(passkey.id, name).then(changed)}
      onClose={onClose}
    />
  );
}
