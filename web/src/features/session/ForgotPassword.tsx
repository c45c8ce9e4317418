"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/Button";
import { Link } from "@/i18n/Link";
import { exchange } from "@/providers/exchange";
import { useListings } from "@/providers/market/markets";
import { AuthFrame } from "./AuthFrame";
import { EmailField } from "./EmailField";
import styles from "./Form.module.css";
import { FormError } from "./FormError";
import { useAuthForm } from "./useAuthForm";

/** Has a link sent for a lost password. What is said then is the same whether there is such an account. */
export function ForgotPassword() {
  const t = useTranslations("session");
  const links = useTranslations("links");
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const form = useAuthForm(async () => {
    await exchange().requestPasswordReset(email.trim());
    setSent(true);
    return null;
  });
  if (sent) return <Sent email={email.trim()} onBack={() => setSent(false)} />;
  return (
    <AuthFrame title={links("forgot.title")} lead={links("forgot.lead")}>
      <form className={styles.form} onSubmit={form.submit} onInput={form.edited} noValidate>
        <EmailField
          value={email}
          onValue={setEmail}
          error={form.fieldError("email")}
          autoComplete="username"
        />
        <FormError error={form.formError} />
        <Button type="submit" look="primary" size={44} wide busy={form.busy}>
          {form.busy ? links("forgot.busy") : links("forgot.action")}
        </Button>
        <p className={styles.other}>
          {links("forgot.other")} <Link href={`/sign-in${form.search}`}>{t("signIn.action")}</Link>
        </p>
      </form>
    </AuthFrame>
  );
}

function Sent({ email, onBack }: { email: string; onBack(): void }) {
  const links = useTranslations("links");
  const demo = useListings().data?.all.some((listing) => listing.demo);
  return (
    <AuthFrame
      title={links("forgot.sentTitle")}
      lead={links.rich("forgot.sent", { email: () => <bdi className={styles.address}>{email}</bdi> })}
    >
      <div className={styles.form} role="status">
        <p className={styles.small}>{links("forgot.again")}</p>
        <Button size={44} wide onClick={onBack}>
          {links("forgot.back")}
        </Button>
        {demo && (
          <p className={styles.other}>
            <Link href="/mailbox">{links("forgot.mailbox")}</Link>
          </p>
        )}
      </div>
    </AuthFrame>
  );
}
