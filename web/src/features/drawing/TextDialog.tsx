"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { TextField } from "@/components/Field";
import { type Drawing, TEXT_MAX } from "./drawing";
import { type DrawingsStore, remove, replace } from "./drawings";

/** Asks what a text says that was just put on the chart; without an answer it is taken away again. */
export function TextDialog({ store }: { store: DrawingsStore }) {
  const empty = useStore(store, (state) =>
    state.drawings.find((one) => one.tool === "text" && one.text === "" && one.id === state.selected),
  );
  return empty ? <Asked key={empty.id} store={store} drawing={empty} /> : null;
}

function Asked({ store, drawing }: { store: DrawingsStore; drawing: Drawing }) {
  const t = useTranslations("charting.draw");
  const [text, setText] = useState("");
  const form = useRef<HTMLFormElement>(null);
  // A dialogue gives the focus to its first button.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const leave = () => remove(store, drawing.id);
  const done = () => {
    const words = text.trim();
    if (words) replace(store, { ...drawing, text: words });
    else leave();
  };
  return (
    <Dialog
      open
      onClose={leave}
      title={t("tools.text")}
      actions={
        <Button look="primary" onClick={done}>
          {t("done")}
        </Button>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <TextField
          label={t("says")}
          value={text}
          maxLength={TEXT_MAX}
          onChange={(event) => setText(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
