"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Sheet } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { ColumnChecks } from "@/features/own/ColumnChecks";
import { usePreferences } from "@/providers/kept/preferences";
import { OPTIONAL } from "./columns";
import styles from "./ListsSheet.module.css";
import { LISTS_MAX, NAME_MAX, namesOf, useLists, VIEWS_MAX } from "./lists";
import type { ChangeView } from "./Markets";
import { searchOf, toSaved, type View } from "./view";

interface ListsSheetProps {
  open: boolean;
  onClose(): void;
  view: View;
  change: ChangeView;
}

/** Watch-lists, of which the stars are one; views to come back to; and what a row shows. */
export function ListsSheet({ open, onClose, view, change }: ListsSheetProps) {
  const t = useTranslations("markets.lists");
  return (
    <Sheet open={open} onClose={onClose} title={t("title")}>
      <div className={styles.parts}>
        <WatchLists />
        <SavedViews view={view} change={change} />
        <Columns />
      </div>
    </Sheet>
  );
}

function WatchLists() {
  const t = useTranslations("markets.lists");
  const lists = useLists();
  const starred = usePreferences((state) => state.starred);
  const names = namesOf(lists);
  const countOf = (name: string | null) =>
    name === lists.current
      ? starred.length
      : (lists.others.find((one) => one.name === name)?.markets.length ?? 0);
  return (
    <Part title={t("watchLists")} text={t("watchListsText")}>
      <ul className={styles.rows}>
        {names.map((name) => (
          <li key={name ?? ""}>
            <label className={styles.row}>
              <input
                type="radio"
                name="watch-list"
                checked={name === lists.current}
                onChange={() => lists.choose(name)}
              />
              <bdi className="clip">{name ?? t("first")}</bdi>
              <span className={styles.count}>{countOf(name)}</span>
            </label>
            {name !== null && name !== lists.current && (
              <RemoveButton name={name} onRemove={() => lists.remove(name)} />
            )}
          </li>
        ))}
      </ul>
      <NameForm
        label={t("newList")}
        button={t("add")}
        taken={names.filter((name) => name !== null)}
        full={lists.others.length >= LISTS_MAX}
        onName={lists.add}
      />
    </Part>
  );
}

function SavedViews({ view, change }: Pick<ListsSheetProps, "view" | "change">) {
  const t = useTranslations("markets.lists");
  const { views, saveView, removeView } = useLists();
  const search = searchOf(view);
  return (
    <Part title={t("views")} text={t("viewsText")}>
      <ul className={styles.rows}>
        {views.map((saved) => (
          <li key={saved.name}>
            <Button
              look="quiet"
              className={styles.view}
              aria-pressed={saved.search === search}
              onClick={() => change(toSaved(saved.search), true)}
            >
              <bdi className="clip">{saved.name}</bdi>
            </Button>
            <RemoveButton name={saved.name} onRemove={() => removeView(saved.name)} />
          </li>
        ))}
      </ul>
      <NameForm
        label={t("newView")}
        button={t("save")}
        taken={views.map(({ name }) => name)}
        full={views.length >= VIEWS_MAX}
        onName={(name) => saveView({ name, search })}
      />
    </Part>
  );
}

function Columns() {
  const t = useTranslations("markets");
  const { hidden, toggleColumn } = useLists();
  return (
    <Part title={t("lists.columns")} text={t("lists.columnsText")}>
      <ColumnChecks
        columns={OPTIONAL.map((key) => ({ key, label: t(`columns.${key}`, { unit: "" }) }))}
        hidden={hidden}
        onToggle={toggleColumn}
      />
    </Part>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <p>{text}</p>
      {children}
    </section>
  );
}

function RemoveButton({ name, onRemove }: { name: string; onRemove(): void }) {
  const t = useTranslations("markets.lists");
  return (
    <IconButton label={t("remove", { name })} size={28} onClick={onRemove}>
      <Icon of={Trash2} size={14} />
    </IconButton>
  );
}

interface NameFormProps {
  label: string;
  button: string;
  /** Names that there are already. */
  taken: readonly string[];
  full: boolean;
  onName(name: string): void;
}

/** A name that nothing has yet, and what makes something of it. */
function NameForm({ label, button, taken, full, onName }: NameFormProps) {
  const t = useTranslations("markets.lists");
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const problem = full ? t("full") : taken.includes(name) ? t("taken") : null;
  function make(event: FormEvent) {
    event.preventDefault();
    if (problem !== null || name === "") return;
    onName(name);
    setTyped("");
  }
  return (
    <form className={styles.naming} onSubmit={make}>
      <TextField
        label={label}
        value={typed}
        maxLength={NAME_MAX}
        error={problem}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" look="secondary" disabled={problem !== null || name === ""}>
        {button}
      </Button>
    </form>
  );
}
