"use client";

import { Download, Pencil, Star, TableProperties } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { Badge, Chip, Key, StateDot } from "@/components/Chip";
import { Checkbox, Switch } from "@/components/Choice";
import { Change } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem } from "@/components/Menu";
import { Ranges, SegmentedSwitch, Tabs } from "@/components/Tabs";
import styles from "./Gallery.module.css";
import { Part } from "./Part";

export function ButtonsAndChoices() {
  const t = useTranslations("gallery");
  const [tab, setTab] = useState<"orders" | "fills">("orders");
  const [side, setSide] = useState<"buy" | "sell">("buy");
  const [on, setOn] = useState(true);
  const [range, setRange] = useState<"1D" | "1W">("1W");
  const toggle = () => setOn(!on);
  return (
    <div className={styles.column}>
      <Part title={t("buttons")} note="28 · 32 · 40 · 44 · 48">
        <div className={styles.three}>
          <Button look="buy">{t("buy")}</Button>
          <Button look="sell">{t("sell")}</Button>
          <Button look="primary">{t("review")}</Button>
          <Button>{t("second")}</Button>
          <Button look="quiet">{t("quiet")}</Button>
          <Button look="danger-outline">{t("danger")}</Button>
          <Button disabled>{t("disabled")}</Button>
          <Button look="buy" busy>
            {t("sending")}
          </Button>
          <Button look="danger">{t("cancel")}</Button>
        </div>
        <div className={styles.line}>
          <Button look="buy" size={48} wide>
            {t("sentence")}
          </Button>
          <IconButton label={t("star")} look="secondary" size={48}>
            <Icon of={Star} size={20} />
          </IconButton>
        </div>
        <div className={styles.line}>
          <Button size={28}>{t("small")}</Button>
          <IconButton label={t("edit")}>
            <Icon of={Pencil} />
          </IconButton>
          <IconButton label={t("columns")} pressed>
            <Icon of={TableProperties} />
          </IconButton>
          <IconButton label={t("download")}>
            <Icon of={Download} />
          </IconButton>
          <Menu
            label={t("menu")}
            button={<span className={styles.menuButton}>{t("menu")}</span>}
            align="start"
          >
            {(close) => (
              <>
                <MenuItem onSelect={close} checked>
                  {t("buy")}
                </MenuItem>
                <MenuItem onSelect={close} checked={false}>
                  {t("sell")}
                </MenuItem>
              </>
            )}
          </Menu>
        </div>
      </Part>
      <Part title={t("tabs")}>
        <Tabs
          label={t("tabs")}
          value={tab}
          onValue={(key) => setTab(key)}
          tabs={[
            { key: "orders", label: t("orders"), count: 3 },
            { key: "fills", label: t("fills"), count: 14 },
          ]}
        />
        <div className={styles.two}>
          <SegmentedSwitch
            label={t("side")}
            value={side}
            onValue={(key) => setSide(key)}
            options={[
              { key: "buy", label: t("buy"), tone: "up" },
              { key: "sell", label: t("sell"), tone: "down" },
            ]}
          />
          <Ranges
            label={t("range")}
            value={range}
            onValue={(key) => setRange(key)}
            options={[
              { key: "1D", label: "1D" },
              { key: "1W", label: "1W" },
            ]}
          />
        </div>
        <div className={styles.line}>
          <Checkbox checked={!on} onValue={toggle}>
            {t("postOnly")}
          </Checkbox>
          <Checkbox checked={on} onValue={toggle}>
            {t("confirm")}
          </Checkbox>
          <Checkbox checked={false} onValue={toggle} disabled>
            {t("disabled")}
          </Checkbox>
          <Switch checked={on} onValue={toggle} aria-label={t("confirm")} />
          <Switch checked={!on} onValue={toggle} aria-label={t("postOnly")} />
        </div>
      </Part>
      <Part title={t("chips")}>
        <div className={styles.line}>
          <Chip value="0.04201">{t("bid")}</Chip>
          <Chip value="0.04202" pressed>
            {t("mid")}
          </Chip>
          <Chip value="—" disabled>
            {t("ask")}
          </Chip>
          <Chip>{t("filter")}</Chip>
        </div>
        <div className={styles.line}>
          <Badge>{t("trading")}</Badge>
          <Badge tone="outline">{t("demo")}</Badge>
          <Badge tone="warn">{t("halted")}</Badge>
          <Badge tone="danger">{t("rejected")}</Badge>
          <Badge tone="info">{t("new")}</Badge>
          <Badge tone="good">{t("filled")}</Badge>
        </div>
        <div className={styles.line}>
          <StateDot tone="good">{t("live")}</StateDot>
          <StateDot tone="warn">{t("reconnecting")}</StateDot>
          <StateDot tone="off">{t("offline")}</StateDot>
        </div>
        <div className={styles.line}>
          <Change direction="up">+3.09 %</Change>
          <Change direction="down">−2.18 %</Change>
          <Change direction="flat">0.00 %</Change>
          <Change direction={null}>0</Change>
          <Key>Ctrl K</Key>
        </div>
      </Part>
    </div>
  );
}
