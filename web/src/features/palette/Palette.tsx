"use client";

import { pairOf } from "@cse/client";
import {
  Activity,
  ArrowLeftRight,
  ChartNoAxesColumn,
  Coins,
  Globe,
  House,
  LogIn,
  LogOut,
  Moon,
  PieChart,
  Settings,
  Sun,
} from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Change, directionOf } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { openFaucet } from "@/features/portfolio/faucetState";
import { languagePath } from "@/features/settings/LanguageLink";
import { LOCALE_NAMES } from "@/i18n/localeNames";
import { LOCALES } from "@/i18n/locales";
import { rememberLanguage } from "@/i18n/rememberLanguage";
import { useFormat } from "@/providers/format";
import { usePreferences } from "@/providers/kept/preferences";
import { useCategory } from "@/providers/market/category";
import { dayChangePpm } from "@/providers/market/change";
import { type Listing, useListings } from "@/providers/market/markets";
import { tickerBoard, useTickers } from "@/providers/market/tickers";
import { signOut, useSession } from "@/providers/session";
import { matches } from "./matches";
import styles from "./Palette.module.css";
import { closeOverlay } from "./state";

interface Entry {
  readonly key: string;
  readonly group: "markets" | "pages" | "actions";
  readonly text: string;
  /** What it is also found by. */
  readonly also: string;
  readonly icon: ReactNode;
  readonly aside?: ReactNode;
  act(): void;
}

const MARKETS_SHOWN = 8;

/** Finds markets, creators, pages and actions; opened by Ctrl-K or Cmd-K. */
export default function Palette() {
  const t = useTranslations("common");
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const entries = useEntries();
  const found = useMemo(() => narrowed(entries, query), [entries, query]);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  function run(entry: Entry | undefined) {
    if (!entry) return;
    closeOverlay();
    entry.act();
  }

  function keys(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setChosen((at) => (at + step + found.length) % found.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(found[chosen]);
    }
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key that does what this click does
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t("palette.label")}
      onClose={closeOverlay}
      onClick={(event) => event.target === event.currentTarget && closeOverlay()}
    >
      <input
        type="text"
        role="combobox"
        aria-label={t("palette.label")}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={t("palette.placeholder")}
        className={styles.input}
        value={query}
        maxLength={64}
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={keys}
      />
      <div ref={list} id={id} role="listbox" aria-label={t("palette.label")} className={styles.list}>
        {found.length === 0 && <p className={styles.empty}>{t("palette.empty")}</p>}
        {found.map((entry, index) => (
          <div key={entry.key} role="presentation">
            {entry.group !== found[index - 1]?.group && (
              <p className={styles.group} role="presentation">
                {t(`palette.${entry.group}`)}
              </p>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which names the chosen one */}
            <div
              id={`${id}-${index}`}
              data-at={index}
              role="option"
              aria-selected={index === chosen}
              className={styles.option}
              onClick={() => run(entry)}
              onPointerMove={() => setChosen(index)}
            >
              {entry.icon}
              <bdi className="clip">{entry.text}</bdi>
              {entry.aside && <span className={styles.aside}>{entry.aside}</span>}
            </div>
          </div>
        ))}
      </div>
    </dialog>
  );
}

function narrowed(entries: readonly Entry[], query: string): Entry[] {
  const hits = entries.filter((entry) => matches(`${entry.text} ${entry.also}`, query));
  const markets = hits.filter((entry) => entry.group === "markets").slice(0, MARKETS_SHOWN);
  return [...markets, ...hits.filter((entry) => entry.group !== "markets")];
}

/** What a market is found by besides its name: its pair in both spellings, what its creator does. */
function alsoOf({ market, creator }: Listing, named: (category: string) => string): string {
  const category = creator?.category ?? "";
  return [market, pairOf(market), category, named(category)].join(" ");
}

function useEntries(): readonly Entry[] {
  const t = useTranslations("common");
  const locale = useLocale();
  const router = useRouter();
  const pathname = usePathname();
  const listings = useListings();
  useTickers();
  const signedIn = useSession((state) => state.state === "user");
  const set = usePreferences((state) => state.set);
  const named = useCategory();
  const go = (path: string) => () => router.push(`/${locale}${path}`);

  const markets = (listings.data?.all ?? []).map(
    (listing): Entry => ({
      key: listing.market,
      group: "markets",
      text: listing.name,
      also: alsoOf(listing, named),
      icon: <Cover id={listing.base} name={listing.name} src={listing.cover} size={24} />,
      aside: <MarketAside listing={listing} />,
      act: go(`/trade/${listing.market}`),
    }),
  );
  const page = (key: string, text: string, icon: typeof House, path: string): Entry => ({
    key,
    group: "pages",
    text,
    also: path,
    icon: <Icon of={icon} />,
    act: go(path),
  });
  const action = (key: string, text: string, icon: typeof House, act: () => void): Entry => ({
    key,
    group: "actions",
    text,
    also: key,
    icon: <Icon of={icon} />,
    act,
  });
  const languages = LOCALES.filter((other) => other !== locale).map((other) =>
    action(`language ${other}`, t("palette.switchLanguage", { language: LOCALE_NAMES[other] }), Globe, () => {
      rememberLanguage(other);
      usePreferences.getState().set({ language: other });
      location.assign(languagePath(pathname, other));
    }),
  );
  return [
    ...markets,
    page("home", t("nav.home"), House, ""),
    page("markets", t("nav.markets"), ChartNoAxesColumn, "/markets"),
    page("portfolio", t("nav.portfolio"), PieChart, "/portfolio"),
    page("transfers", t("nav.transfers"), ArrowLeftRight, "/transfers"),
    page("settings", t("nav.settings"), Settings, "/settings"),
    page("status", t("nav.status"), Activity, "/status"),
    ...(signedIn
      ? [
          action("play money faucet", t("playMoney"), Coins, openFaucet),
          action("sign out", t("signOut"), LogOut, () => void signOut()),
        ]
      : [page("sign-up", t("signUp"), LogIn, "/sign-up"), page("sign-in", t("signIn"), LogIn, "/sign-in")]),
    action("theme dark", t("palette.darkTheme"), Moon, () => set({ theme: "dark" })),
    action("theme light", t("palette.lightTheme"), Sun, () => set({ theme: "light" })),
    ...languages,
  ];
}

function MarketAside({ listing }: { listing: Listing }) {
  const format = useFormat();
  const ticker = tickerBoard.get(listing.market);
  const change = dayChangePpm(ticker);
  return (
    <>
      <span className={styles.symbol}>{pairOf(listing.market)}</span>
      <span className={classes("figure", styles.price)}>
        {format.price(ticker?.last_price, listing, "subscript")}
      </span>
      <Change direction={directionOf(change)} className={styles.change}>
        {format.percent(change)}
      </Change>
    </>
  );
}
