"use client";

import type { ApprovalRequest, NewOrganisationKey, OneOrganisation } from "@cse/client";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/Button";
import { Checkbox } from "@/components/Choice";
import { Dialog } from "@/components/Dialog";
import { FieldNote, TextField } from "@/components/Field";
import { ShownText } from "@/components/ShownText";
import { useAct } from "@/features/acting/useAct";
import { makeKeyPair } from "./keyPair";
import styles from "./Organisations.module.css";
import { useAsk } from "./useAsk";
import { inUseOf, organisations, useKeys } from "./useOrganisation";

const LABEL_MAX = 40;
const SCOPES = ["read", "trade"] as const;
type Scope = (typeof SCOPES)[number];

/** Those of the request that have a field here. */
const FIELDS = ["label", "allowed_networks", "expires_at", "public_key"] as const;

/** What was asked for, and the private half where it was made here; it is nowhere else. */
interface Made {
  readonly request: ApprovalRequest;
  readonly publicKey: string;
  readonly privateKey: string | null;
}

/** Asks what the key is for, makes it or asks for that, and shows what is private of it, this once. */
export function MakeKeyDialog({ of, onClose }: { of: OneOrganisation; onClose(): void }) {
  const [made, setMade] = useState<Made | null>(null);
  return made === null ? (
    <Form of={of} onClose={onClose} onMade={setMade} />
  ) : (
    <Shown of={made} there={of} onClose={onClose} />
  );
}

function Form({ of, onClose, onMade }: { of: OneOrganisation; onClose(): void; onMade(made: Made): void }) {
  const t = useTranslations("organisations.keys");
  const common = useTranslations("common");
  const main = useTranslations("organisations.accounts")("main");
  const form = useId();
  const { id, rights } = of.organisation;
  const accounts = inUseOf(of.organisation);
  const [label, setLabel] = useState("");
  const [scopes, setScopes] = useState<readonly Scope[]>(["read"]);
  const [chosen, choose] = useState<readonly string[]>(accounts.slice(0, 1).map((one) => one.id));
  const [networks, setNetworks] = useState("");
  const [lastDay, setLastDay] = useState("");
  const [publicKey, setPublicKey] = useState("");
  const { busy, error, field, act } = useAct();
  const askFor = useAsk();
  const wrong = (name: (typeof FIELDS)[number], hint = "") =>
    error === null || !field?.startsWith(name) ? undefined : `${error} ${hint}`;
  const [unmade, setUnmade] = useState(false);
  const ready = label.trim() !== "" && scopes.length > 0 && chosen.length > 0;
  async function make() {
    const own = publicKey.trim();
    const pair = own === "" ? await makeKeyPair() : null;
    setUnmade(own === "" && pair === null);
    const key = pair?.publicKey ?? own;
    if (key === "") return;
    const wish: NewOrganisationKey = {
      label,
      scopes: [...scopes],
      public_key: key,
      accounts: [...chosen],
      allowed_networks: networks.split(/[\s,;]+/).filter((network) => network !== ""),
      expires_at: lastDay === "" ? null : `${lastDay}T23:59:59Z`,
    };
    const request = await askFor(() => organisations().makeKey(id, wish));
    onMade({ request, publicKey: key, privateKey: pair?.privateKey ?? null });
  }
  function send(event: FormEvent) {
    event.preventDefault();
    if (!busy && ready) act(make);
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("make")}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy} disabled={!ready}>
            {t("makeAction")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={t("label")}
          value={label}
          maxLength={LABEL_MAX}
          autoComplete="off"
          required
          error={wrong("label")}
          onChange={(event) => setLabel(event.target.value)}
        />
        <fieldset className={styles.choices}>
          <legend>{t("mayDo")}</legend>
          {SCOPES.filter((scope) => scope === "read" || rights.includes(scope)).map((scope) => (
            <Checkbox
              key={scope}
              checked={scopes.includes(scope)}
              onValue={(on) => setScopes(SCOPES.filter((one) => (one === scope ? on : scopes.includes(one))))}
            >
              {t(`scopeTexts.${scope}`)}
            </Checkbox>
          ))}
        </fieldset>
        <fieldset className={styles.choices}>
          <legend>{t("forAccounts")}</legend>
          {accounts.map((account) => (
            <Checkbox
              key={account.id}
              checked={chosen.includes(account.id)}
              onValue={(on) =>
                choose(on ? [...chosen, account.id] : chosen.filter((one) => one !== account.id))
              }
            >
              <bdi>{account.name ?? main}</bdi>
            </Checkbox>
          ))}
        </fieldset>
        <TextField
          label={t("networks")}
          hint={t("networksHint")}
          error={wrong("allowed_networks", t("networksHint"))}
          value={networks}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setNetworks(event.target.value)}
        />
        <TextField
          label={t("lastDay")}
          hint={t("lastDayHint")}
          error={wrong("expires_at", t("lastDayHint"))}
          type="date"
          value={lastDay}
          onChange={(event) => setLastDay(event.target.value)}
        />
        <TextField
          label={t("publicKey")}
          hint={t("publicKeyHint")}
          error={unmade ? t("noPair") : wrong("public_key", t("publicKeyHint"))}
          value={publicKey}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setPublicKey(event.target.value)}
        />
        {error !== null && !FIELDS.some((name) => field?.startsWith(name)) && <FieldNote error={error} />}
      </form>
    </Dialog>
  );
}

function Shown({ of, there, onClose }: { of: Made; there: OneOrganisation; onClose(): void }) {
  const t = useTranslations("organisations.keys");
  const waits = of.request.state === "open";
  // Its id is in no answer: others may have to approve it first.
  const key = useKeys(there.organisation.id).data?.find((one) => one.key.public_key === of.publicKey)?.key;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(waits ? "askedTitle" : "madeTitle")}
      actions={
        <Button look="primary" onClick={onClose}>
          {t(of.privateKey === null ? "close" : "kept")}
        </Button>
      }
    >
      <div className={styles.form}>
        {waits ? <p>{t("askedText")}</p> : key && <Copied label={t("id")} text={key.id} />}
        {of.privateKey !== null && (
          <>
            <Copied label={t("privateKey")} text={of.privateKey} />
            <p className={styles.warning}>{t("privateText")}</p>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** A text to take along. */
function Copied({ label, text }: { label: string; text: string }) {
  const t = useTranslations("organisations.keys");
  return <ShownText label={label} text={text} copy={t("copy")} copyThis={t("copyThis", { label })} />;
}
