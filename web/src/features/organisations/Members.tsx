"use client";

import type { MemberRole, OneOrganisation, OrganisationMember } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ListRow } from "@/features/settings/ListRow";
import { useAct } from "@/features/settings/useAct";
import { useFormat } from "@/providers/format";
import styles from "./Organisations.module.css";
import { RolesDialog } from "./RolesDialog";
import { useRoleWords } from "./roleWords";
import { useAsk } from "./useAsk";
import { organisations, useChanged } from "./useOrganisation";

type Asked = "invite" | OrganisationMember;

/** Who acts for an organisation, and who is invited to. */
export function Members({ of }: { of: OneOrganisation }) {
  const t = useTranslations("organisations.members");
  const format = useFormat();
  const roles = useRoleWords();
  const changed = useChanged();
  const [asked, ask] = useState<Asked | null>(null);
  const { busy, error, act } = useAct();
  const { id, rights } = of.organisation;
  const decides = rights.includes("set_members");
  return (
    <section>
      <ul className={styles.list}>
        {of.members.map((one) => (
          <MemberRow key={one.person} of={one} there={id} decides={decides} onChange={() => ask(one)} />
        ))}
        {of.invitations.map((one) => (
          <ListRow
            key={one.id}
            title={
              <>
                <bdi className="clip" dir="ltr">
                  {one.email}
                </bdi>
                <Badge tone="outline">{t("invited")}</Badge>
              </>
            }
            beside={
              <Button
                size={32}
                busy={busy}
                onClick={() => act(() => organisations().uninvite(id, one.id).finally(changed))}
              >
                {t("withdraw")}
              </Button>
            }
          >
            <span>
              {roles(one.roles)} · {t("until", { at: format.dateTime(one.expires_at) })}
            </span>
          </ListRow>
        ))}
      </ul>
      {error !== null && <FieldNote error={error} />}
      {decides && (
        <div className={styles.actions}>
          <Button size={32} onClick={() => ask("invite")}>
            {t("invite")}
          </Button>
        </div>
      )}
      {asked !== null && <Dialogue there={id} asked={asked} onClose={() => ask(null)} />}
    </section>
  );
}

function Dialogue({ there, asked, onClose }: { there: string; asked: Asked; onClose(): void }) {
  const t = useTranslations("organisations.members");
  const askFor = useAsk();
  if (asked === "invite") {
    return (
      <RolesDialog
        title={t("invite")}
        action={t("inviteAction")}
        withEmail
        roles={["viewer"]}
        save={(roles, email) => askFor(() => organisations().invite(there, email, roles))}
        onClose={onClose}
      />
    );
  }
  return (
    <RolesDialog
      title={t("changeOf", { name: asked.name })}
      action={t("save")}
      roles={asked.roles as MemberRole[]}
      save={(roles) => askFor(() => organisations().setRoles(there, asked.person, roles))}
      onClose={onClose}
    />
  );
}

function MemberRow({
  of,
  there,
  decides,
  onChange,
}: {
  of: OrganisationMember;
  there: string;
  decides: boolean;
  onChange(): void;
}) {
  const t = useTranslations("organisations.members");
  const words = useRoleWords();
  const askFor = useAsk();
  const changed = useChanged();
  const { busy, error, act } = useAct();
  return (
    <ListRow
      title={
        <>
          <bdi className="clip">{of.name}</bdi>
          {of.own && <Badge tone="outline">{t("you")}</Badge>}
          {!of.acting && <Badge tone="warn">{t("frozen")}</Badge>}
        </>
      }
      beside={
        <>
          {decides && (
            <Button size={32} aria-label={t("changeOf", { name: of.name })} onClick={onChange}>
              {t("change")}
            </Button>
          )}
          {of.own ? (
            <Button
              size={32}
              busy={busy}
              onClick={() => act(() => organisations().leave(there).finally(changed))}
            >
              {t("leave")}
            </Button>
          ) : (
            decides && (
              <Button
                size={32}
                busy={busy}
                aria-label={t("removeOf", { name: of.name })}
                onClick={() => act(() => askFor(() => organisations().remove(there, of.person)))}
              >
                {t("remove")}
              </Button>
            )
          )}
        </>
      }
    >
      <bdi dir="ltr">{of.email}</bdi>
      <span>{words(of.roles)}</span>
      {error !== null && <FieldNote error={error} />}
    </ListRow>
  );
}
