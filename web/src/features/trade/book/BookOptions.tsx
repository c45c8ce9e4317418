"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { MenuItem, MenuLine } from "@/components/Menu";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { useRoom } from "../MarketRoom";
import { useBookSettings } from "./settings";

/** In what the book's sizes are, and what its bars stand for. */
export default function BookOptions({ close }: { close: () => void }) {
  const words = useLateWords("desk");
  if (!words) return null;
  return (
    <Words messages={words}>
      <Options close={close} />
    </Words>
  );
}

function Options({ close }: { close: () => void }) {
  const t = useTranslations("desk.book");
  const { listing } = useRoom();
  const { unit, bars, measure } = useBookSettings();
  const items = useRef<HTMLDivElement>(null);
  // They come after their menu has opened.
  useEffect(() => items.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus(), []);
  return (
    <div ref={items} role="none">
      {(["base", "quote"] as const).map((each) => (
        <MenuItem
          key={each}
          checked={each === unit}
          onSelect={() => {
            measure(each, bars);
            close();
          }}
        >
          {t("unit", { asset: listing[each] })}
        </MenuItem>
      ))}
      <MenuLine />
      {(["cumulative", "level"] as const).map((each) => (
        <MenuItem
          key={each}
          checked={each === bars}
          onSelect={() => {
            measure(unit, each);
            close();
          }}
        >
          {t(`bars.${each}`)}
        </MenuItem>
      ))}
    </div>
  );
}
