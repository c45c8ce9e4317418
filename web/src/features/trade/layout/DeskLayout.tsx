"use client";

import { LayoutPanelLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useRef } from "react";
import { createPortal } from "react-dom";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import styles from "./Layout.module.css";
import { CLOSABLE, PRESET_NAMES, preset, presetOf, SIZED, STANDARD, toggled } from "./layout";
import { keepLayout, useLayout } from "./layoutStore";
import { Separator } from "./Separator";

/** The lines between the panels of a desk, and in `room` the menu of how they lie. */
export default function DeskLayout({ room }: { room: RefObject<HTMLElement | null> }) {
  const words = useLateWords("desk");
  const menu = useRef<HTMLDivElement>(null);
  if (!words) return null;
  return (
    <Words messages={words}>
      {SIZED.map((part) => (
        <Separator key={part} part={part} onPutAway={() => menu.current?.querySelector("button")?.focus()} />
      ))}
      {room.current &&
        createPortal(
          <div ref={menu}>
            <LayoutMenu />
          </div>,
          room.current,
        )}
    </Words>
  );
}

function LayoutMenu() {
  const t = useTranslations("desk.layout");
  const layout = useLayout();
  const now = presetOf(layout);
  const item = (text: string, to: () => Parameters<typeof keepLayout>[0], close: () => void) => (
    <MenuItem
      key={text}
      onSelect={() => {
        keepLayout(to());
        close();
      }}
    >
      {text}
    </MenuItem>
  );
  return (
    <Menu label={t("title")} buttonClassName={styles.button} button={<Icon of={LayoutPanelLeft} />}>
      {(close) => (
        <>
          {PRESET_NAMES.map((name) => (
            <MenuItem
              key={name}
              checked={name === now}
              onSelect={() => {
                keepLayout(preset(name, layout));
                close();
              }}
            >
              {t(`presets.${name}`)}
            </MenuItem>
          ))}
          <MenuLine />
          {CLOSABLE.map((part) =>
            item(
              t(`${layout.closed.includes(part) ? "show" : "hide"}.${part}`),
              () => toggled(layout, part),
              close,
            ),
          )}
          <MenuLine />
          {item(t("swap"), () => ({ ...layout, swapped: !layout.swapped }), close)}
          {item(t("reset"), () => STANDARD, close)}
        </>
      )}
    </Menu>
  );
}
