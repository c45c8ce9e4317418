"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { ButtonLink, IconButton } from "@/components/Button";
import { Badge, Key } from "@/components/Chip";
import { classes } from "@/components/classes";
import { Icon } from "@/components/Icon";
import { useBindings } from "@/features/keys/bindings";
import { openPalette } from "@/features/palette/state";
import { Link } from "@/i18n/Link";
import { useSession } from "@/providers/session";
import styles from "./Header.module.css";
import { Logo } from "./Logo";
import { usePlace, useTradeHref } from "./places";
import { useReturnTo } from "./returnTo";

const Personal = lazy(() => import("./Personal"));

/** The top of every page. On a phone the trade page has a bar of its own instead. */
export function Header() {
  const t = useTranslations("common");
  const place = usePlace();
  const trade = useTradeHref();
  const returnTo = useReturnTo();
  const find = useBindings((bindings) => bindings.find);
  const signedIn = useSession((session) => session.state === "user");
  const links = [
    { key: "markets", href: "/markets", label: t("nav.markets") },
    { key: "trade", href: trade, label: t("nav.trade") },
    { key: "portfolio", href: "/portfolio", label: t("nav.portfolio") },
  ] as const;
  return (
    <header className={classes(styles.header, place === "trade" && styles.yields)}>
      <Link href="/" className={styles.brand}>
        <Logo />
        CSE <span className="quiet">{t("nav.home")}</span>
      </Link>
      <nav aria-label={t("nav.label")} className={styles.nav}>
        {links.map((link) => (
          <Link
            key={link.key}
            href={link.href}
            className={styles.link}
            aria-current={place === link.key ? "page" : undefined}
          >
            {link.label}
          </Link>
        ))}
      </nav>
      <span className={styles.space} />
      <span className={styles.demo}>
        <Badge tone="outline">{t("demo")}</Badge>
      </span>
      <button type="button" className={styles.search} onClick={openPalette}>
        <Icon of={Search} size={14} />
        <span className={styles.searchWord}>{t("search")}</span>
        {find && <Key>{find}</Key>}
      </button>
      <IconButton label={t("search")} size={40} className={styles.searchSmall} onClick={openPalette}>
        <Icon of={Search} size={20} />
      </IconButton>
      <div className={styles.visitor} data-show="visitor">
        <Link href={`/sign-in${returnTo}`} className={styles.signIn}>
          {t("signIn")}
        </Link>
        <ButtonLink href={`/sign-up${returnTo}`} look="primary" size={28} className={styles.signUp}>
          {t("signUp")}
        </ButtonLink>
      </div>
      <div className={styles.user} data-show="user">
        {signedIn ? (
          <Suspense fallback={<span className={styles.userRoom} />}>
            <Personal />
          </Suspense>
        ) : (
          <span className={styles.userRoom} />
        )}
      </div>
    </header>
  );
}
