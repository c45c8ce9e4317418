"use client";

import type { PreferencesView } from "@cse/client";
import { ApiError } from "@cse/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/Choice";
import { FieldNote } from "@/components/Field";
import { ErrorState, Skeleton } from "@/components/States";
import { useAct } from "@/features/acting/useAct";
import { account } from "@/providers/account";
import { useSession } from "@/providers/session";
import styles from "./NotificationChoices.module.css";
import settings from "./Settings.module.css";

const KEY = ["own", "preferences"] as const;
const TOPICS = ["security", "orders", "transfers", "operators"] as const;
const WAYS = ["app", "mail"] as const;
type Topic = (typeof TOPICS)[number];
type Way = (typeof WAYS)[number];
type Choice = `${Exclude<Topic, "security">}_${"in_app" | "by_mail"}`;

const NAMES: Record<Way, "in_app" | "by_mail"> = { app: "in_app", mail: "by_mail" };

/** Which notifications come by which way; nothing for a visitor. */
export function NotificationChoices() {
  const t = useTranslations("notifications.choices");
  const signedIn = useSession((session) => session.state === "user");
  const visitor = useSession((session) => session.state === "visitor");
  const chosen = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => account().preferences({ signal }),
    enabled: signedIn,
  });
  if (visitor) return null;
  return (
    <section id="notifications" className={settings.section} data-show="user" aria-busy={chosen.isPending}>
      <h2>{t("title")}</h2>
      <p className={styles.text}>{t("text")}</p>
      {chosen.isError ? (
        <ErrorState title={t("failed")} error={chosen.error} onRetry={() => void chosen.refetch()} />
      ) : (
        <Matrix chosen={chosen.data} />
      )}
    </section>
  );
}

function Matrix({ chosen }: { chosen: PreferencesView | undefined }) {
  const t = useTranslations("notifications.choices");
  const queries = useQueryClient();
  const { busy, error, act } = useAct();
  async function choose(choice: Choice, value: boolean) {
    queries.setQueryData(KEY, { ...chosen, [choice]: value });
    try {
      queries.setQueryData(KEY, await changed(choice, value));
    } catch (refusal) {
      await queries.invalidateQueries({ queryKey: KEY });
      throw refusal;
    }
  }
  return (
    <>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <td />
            {WAYS.map((way) => (
              <th key={way} scope="col">
                {t(way)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TOPICS.map((topic) => (
            <tr key={topic}>
              <th scope="row">{t(`topics.${topic}`)}</th>
              {WAYS.map((way) => (
                <td key={way}>
                  {topic === "security" ? (
                    <span className={styles.always}>{t("always")}</span>
                  ) : chosen === undefined ? (
                    <Skeleton width={2} />
                  ) : (
                    <Checkbox
                      aria-label={t("switch", { topic: t(`topics.${topic}`), way: t(way) })}
                      checked={chosen[`${topic}_${NAMES[way]}`]}
                      disabled={busy}
                      onValue={(value) => act(() => choose(`${topic}_${NAMES[way]}`, value))}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {error !== null && <FieldNote error={error} />}
    </>
  );
}

/** Changes one choice of those there are now, however they came to be. */
async function changed(choice: Choice, value: boolean, tries = 3): Promise<PreferencesView> {
  const { version } = await account().preferences();
  try {
    return await account().changePreferences({ version, [choice]: value });
  } catch (error) {
    if (tries > 1 && error instanceof ApiError && error.code === "version_outdated")
      return changed(choice, value, tries - 1);
    throw error;
  }
}
