"use client";

import type { HeldAccount, NewApiKey, NewlyMadeApiKey } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { ShownText } from "@/components/ShownText";
import { useAct } from "@/features/acting/useAct";
import { useAccountName } from "@/features/shell/accountWords";
import { inUse, useAccounts } from "@/providers/accounts";
import styles from "./MakeKeyDialog.module.css";
import { useApiKeyChanges } from "./useApiKeys";

const LABEL_MAX = 40;
const SCOPES = ["read", "trade"] as const;
type Scope = (typeof SCOPES)[number];

/** Those of the request that have a field here. */
const FIELDS = ["label", "allowed_networks", "expires_at", "public_key"] as const;
type FieldOfKey = (typeof FIELDS)[number];

interface Draft {
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** Ids; none is the main account. */
  readonly accounts: readonly string[];
  readonly networks: string;
  readonly lastDay: string;
  readonly publicKey: string;
}

const EMPTY: Draft = { label: "", scopes: ["read"], accounts: [], networks: "", lastDay: "", publicKey: "" };

/** Asks what the key is for; then shows its secret, this once. */
export function MakeKeyDialog({ onClose }: { onClose(): void }) {
  const [made, setMade] = useState<NewlyMadeApiKey | null>(null);
  return made === null ? <Form onClose={onClose} onMade={setMade} /> : <Made made={made} onClose={onClose} />;
}

function Form({ onClose, onMade }: { onClose(): void; onMade(made: NewlyMadeApiKey): void }) {
  const t = useTranslations("settings.keys");
  const common = useTranslations("common");
  const form = useId();
  const { make } = useApiKeyChanges();
  const { busy, error, field, act } = useAct();
  // The hint says what is wanted, so it stays.
  const wrong = (name: FieldOfKey, hint = "") =>
    error === null || !field?.startsWith(name) ? undefined : `${error} ${hint}`;
  const [draft, setDraft] = useState(EMPTY);
  const open = inUse(useAccounts().data);
  const nameOf = useAccountName();
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed });
  function send(event: FormEvent) {
    event.preventDefault();
    if (!busy) act(() => make(keyOf(draft)).then(onMade));
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("makeTitle")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("makeAction")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={t("label")}
          value={draft.label}
          maxLength={LABEL_MAX}
          autoComplete="off"
          required
          error={wrong("label")}
          onChange={(event) => change({ label: event.target.value })}
        />
        <fieldset className={styles.scopes}>
          <legend>{t("mayDo")}</legend>
          {SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              checked={draft.scopes.includes(scope)}
              onValue={(on) =>
                change({ scopes: SCOPES.filter((one) => (one === scope ? on : draft.scopes.includes(one))) })
              }
            >
              {t(`scopeTexts.${scope}`)}
            </Checkbox>
          ))}
        </fieldset>
        {open.length > 1 && (
          <fieldset className={styles.scopes}>
            <legend>{t("forAccounts")}</legend>
            {open.map(({ account }) => (
              <Checkbox
                key={account.id}
                checked={draft.accounts.includes(account.id)}
                onValue={(on) => change({ accounts: chosen(open, draft.accounts, account.id, on) })}
              >
                <bdi>{nameOf(account)}</bdi>
              </Checkbox>
            ))}
            <FieldNote hint={t("forAccountsHint")} />
          </fieldset>
        )}
        <TextField
          label={t("networks")}
          hint={t("networksHint")}
          error={wrong("allowed_networks", t("networksHint"))}
          value={draft.networks}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ networks: event.target.value })}
        />
        <TextField
          label={t("lastDay")}
          hint={t("lastDayHint")}
          error={wrong("expires_at", t("lastDayHint"))}
          type="date"
          value={draft.lastDay}
          onChange={(event) => change({ lastDay: event.target.value })}
        />
        <TextField
          label={t("publicKey")}
          hint={t("publicKeyHint")}
          error={wrong("public_key", t("publicKeyHint"))}
          value={draft.publicKey}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ publicKey: event.target.value })}
        />
        {error !== null && !FIELDS.some((name) => field?.startsWith(name)) && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}

function Made({ made, onClose }: { made: NewlyMadeApiKey; onClose(): void }) {
  const t = useTranslations("settings.keys");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("madeTitle")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("kept")}
        </Button>
      }
    >
      <div className={styles.form}>
        <Shown label={t("id")} text={made.key.id} />
        {made.secret !== null && (
          <>
            <Shown label={t("secret")} text={made.secret} />
            <p className={styles.warning}>{t("secretText")}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** The accounts with another one chosen or left out, in the order of the list. */
function chosen(
  open: readonly HeldAccount[],
  before: readonly string[],
  id: string,
  on: boolean,
): readonly string[] {
  return open.map(({ account }) => account.id).filter((one) => (one === id ? on : before.includes(one)));
}

/** A text to take along. */
function Shown({ label, text }: { label: string; text: string }) {
  const t = useTranslations("settings.keys");
  return <ShownText label={label} text={text} copy={t("copy")} copyThis={t("copyThis", { label })} />;
}

/** The request; a key with a public key signs with Ed25519. It is good until the end of its last day, in UTC. */
export function keyOf(draft: Draft): NewApiKey {
  const publicKey = draft.publicKey.trim();
  const networks = draft.networks.split(/[\s,;]+/).filter((network) => network !== "");
  return {
    label: draft.label,
    scopes: [...draft.scopes],
    algorithm: publicKey === "" ? "hmac-sha256" : "ed25519",
    public_key: publicKey === "" ? null : publicKey,
    allowed_networks: networks,
    accounts: draft.accounts.length === 0 ? null : [...draft.accounts],
    expires_at: draft.lastDay === "" ? null : `${draft.lastDay}T23:59:59Z`,
  };
}
