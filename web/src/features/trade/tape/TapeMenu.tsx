"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import { LEAST, useTapeSettings } from "./settings";
import styles from "./Tape.module.css";

/** From what worth on trades are shown, and whether those of one moment are one row. */
export function TapeMenu() {
  const t = useTranslations("trade.tape");
  const format = useFormat();
  const { quote } = useRoom().listing;
  const { least, bundled, showFrom, bundle } = useTapeSettings();
  return (
    <Menu
      label={t("options")}
      buttonClassName={styles.options}
      button={
        <Icon of={ListFilter} size={14} className={least !== "0" || bundled ? styles.chosen : undefined} />
      }
    >
      {(close) => (
        <>
          {LEAST.map((each) => (
            <MenuItem
              key={each}
              checked={least === each}
              onSelect={() => {
                showFrom(each);
                close();
              }}
            >
              {each === "0" ? t("every") : t("from", { amount: format.count(Number(each)), asset: quote })}
            </MenuItem>
          ))}
          <MenuLine />
          <MenuItem
            checked={bundled}
            onSelect={() => {
              bundle(!bundled);
              close();
            }}
          >
            {t("bundled")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
