"use client";

import type { MemberRole, OneOrganisation, OrganisationMember } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { ConfirmDialog } from "@/features/acting/ConfirmDialog";
import { useAct } from "@/features/acting/useAct";
import { ListRow } from "@/features/settings/ListRow";
import { useFormat } from "@/providers/format";
import styles from "./Organisations.module.css";
import { RolesDialog } from "./RolesDialog";
import { useRoleWords } from "./roleWords";
import { useAsk } from "./useAsk";
import { organisations, useChanged, useLeft } from "./useOrganisation";

type Asked = { kind: "invite" } | { kind: "roles" | "remove" | "leave"; of: OrganisationMember };

/** Who acts for an organisation, and who is invited to. */
export function Members({ of, onLeave }: { of: OneOrganisation; onLeave(): void }) {
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
          <MemberRow key={one.person} of={one} decides={decides} onAsk={(kind) => ask({ kind, of: one })} />
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
          <Button size={32} onClick={() => ask({ kind: "invite" })}>
            {t("invite")}
          </Button>
        </div>
      )}
      {asked !== null && <Dialogue there={of} asked={asked} onClose={() => ask(null)} onLeave={onLeave} />}
    </section>
  );
}

function Dialogue({
  there,
  asked,
  onClose,
  onLeave,
}: {
  there: OneOrganisation;
  asked: Asked;
  onClose(): void;
  onLeave(): void;
}) {
  const t = useTranslations("organisations.members");
  const askFor = useAsk();
  const left = useLeft();
  const { id, name: organisation } = there.organisation;
  if (asked.kind === "invite") {
    return (
      <RolesDialog
        title={t("invite")}
        action={t("inviteAction")}
        withEmail
        roles={["viewer"]}
        save={(roles, email) => askFor(() => organisations().invite(id, email, roles))}
        onClose={onClose}
      />
    );
  }
  const { person, name, roles } = asked.of;
  if (asked.kind === "roles") {
    return (
      <RolesDialog
        title={t("changeOf", { name })}
        action={t("save")}
        roles={roles as MemberRole[]}
        save={(chosen) => askFor(() => organisations().setRoles(id, person, chosen))}
        onClose={onClose}
      />
    );
  }
  const leaves = asked.kind === "leave";
  async function end() {
    if (!leaves) return askFor(() => organisations().remove(id, person));
    await organisations().leave(id);
    onLeave();
    await left();
  }
  return (
    <ConfirmDialog
      title={leaves ? t("leaveOf", { name: organisation }) : t("removeOf", { name })}
      text={leaves ? t("leaveText") : t("removeText")}
      action={t(leaves ? "leave" : "remove")}
      save={end}
      onClose={onClose}
    />
  );
}

function MemberRow({
  of,
  decides,
  onAsk,
}: {
  of: OrganisationMember;
  decides: boolean;
  onAsk(kind: "roles" | "remove" | "leave"): void;
}) {
  const t = useTranslations("organisations.members");
  const words = useRoleWords();
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
            <Button size={32} aria-label={t("changeOf", { name: of.name })} onClick={() => onAsk("roles")}>
              {t("change")}
            </Button>
          )}
          {of.own ? (
            <Button size={32} onClick={() => onAsk("leave")}>
              {t("leave")}
            </Button>
          ) : (
            decides && (
              <Button size={32} aria-label={t("removeOf", { name: of.name })} onClick={() => onAsk("remove")}>
                {t("remove")}
              </Button>
            )
          )}
        </>
      }
    >
      <bdi dir="ltr" className={styles.email}>
        {of.email}
      </bdi>
      <span>{words(of.roles)}</span>
    </ListRow>
  );
}
