"use client";

import { useTranslations } from "next-intl";
import { TextDialog } from "@/features/acting/TextDialog";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useGuardingChange } from "@/providers/guarding";

/** The words by which the person tells our mails from others'. What they were is not shown. */
export default function PhraseDialog({ onClose }: { onClose(): void }) {
  const t = useTranslations("settings.security");
  const after = useGuardingChange("email");
  return (
    <TextDialog
      title={t("phraseTitle")}
      label={t("phraseLabel")}
      hint={t("phraseHint")}
      action={t("save")}
      save={(phrase) => after(withStepUp(() => account().setMailPhrase(phrase)))}
      onClose={onClose}
    />
  );
}
