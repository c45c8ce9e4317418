"use client";

import type { PasskeyView } from "@cse/client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/Button";
import { FieldNote } from "@/components/Field";
import { useAct } from "@/features/acting/useAct";
import list from "@/features/settings/List.module.css";
import { ListRow } from "@/features/settings/ListRow";
import { Row } from "@/features/settings/Row";
import { withStepUp } from "@/features/stepUp/stepUp";
import { account } from "@/providers/account";
import { useFormat } from "@/providers/format";
import { knowsPasskeys, makePasskey } from "@/providers/passkey";
import { PasskeyNameDialog } from "./PasskeyNameDialog";
import styles from "./Security.module.css";
import { useSecurityChanged } from "./useSecurity";

/** A person's passkeys, and making another; `onCodes` gets the recovery codes of a first factor. */
export function Passkeys({
  passkeys,
  onCodes,
}: {
  /** Undefined until they are known. */
  passkeys: readonly PasskeyView[] | undefined;
  onCodes(codes: readonly string[]): void;
}) {
  const t = useTranslations("settings.security");
  const changed = useSecurityChanged();
  const [known, setKnown] = useState(true);
  useEffect(() => setKnown(knowsPasskeys()), []);
  const [naming, setNaming] = useState<PasskeyView | null>(null);
  const { busy, error, act } = useAct();

  async function add() {
    const options = await withStepUp(() => account().beginPasskey());
    const credential = await makePasskey(options);
    const codes = await account().addPasskey(
      credential,
      t("passkeyNumber", { number: (passkeys?.length ?? 0) + 1 }),
    );
    changed();
    if (codes.length > 0) onCodes(codes);
  }

  return (
    <>
      <Row title={t("passkeys")} text={known ? t("passkeysText") : t("passkeysUnknown")}>
        <div className={styles.control}>
          <Button size={32} disabled={!known || passkeys === undefined} busy={busy} onClick={() => act(add)}>
            {t("addPasskey")}
          </Button>
        </div>
      </Row>
      {error !== null && <FieldNote error={error} />}
      {passkeys !== undefined && passkeys.length > 0 && (
        <ul className={list.list}>
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} onName={() => setNaming(passkey)} />
          ))}
        </ul>
      )}
      {naming && <PasskeyNameDialog passkey={naming} onClose={() => setNaming(null)} />}
    </>
  );
}

function Passkey({ passkey, onName }: { passkey: PasskeyView; onName(): void }) {
  const t = useTranslations("settings.security");
  const format = useFormat();
  const changed = useSecurityChanged();
  const { busy, error, act } = useAct();
  async function remove() {
    await withStepUp(() => account().removePasskey(passkey.id));
    changed();
  }
  return (
    <ListRow
      title={<bdi className="clip">{passkey.name}</bdi>}
      beside={
        <>
          <Button size={32} look="quiet" aria-label={t("nameThis", { name: passkey.name })} onClick={onName}>
            {t("rename")}
          </Button>
          <Button
            size={32}
            busy={busy}
            aria-label={t("removeThis", { name: passkey.name })}
            onClick={() => act(remove)}
          >
            {t("remove")}
          </Button>
        </>
      }
    >
      <span>
        {t(passkey.backed_up ? "synced" : "onDevice")} ·{" "}
        {t("made", { at: format.date(passkey.created_at, true) })} ·{" "}
        {passkey.last_used_at === null
          ? t("neverUsed")
          : t("lastUsed", { at: format.dateTime(passkey.last_used_at) })}
      </span>
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}
