"use client";

import { Star } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AreaChart } from "@/components/AreaChart";
import { chartPoint } from "@/components/areaGeometry";
import { Button, ButtonLink, IconButton } from "@/components/Button";
import { Badge, StateDot } from "@/components/Chip";
import { Select } from "@/components/Choice";
import { Cover } from "@/components/Cover";
import { FieldNote, NumberField } from "@/components/Field";
import { Amount, Arrow, Change, Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { Menu, MenuItem, MenuLine } from "@/components/Menu";
import { ShownText } from "@/components/ShownText";
import { Slider } from "@/components/Slider";
import { Spark } from "@/components/Spark";
import { Empty, Skeleton } from "@/components/States";
import { Cell, Head, RowsRoom, Table } from "@/components/Table";
import { SegmentedSwitch, Tabs } from "@/components/Tabs";
import styles from "./Gallery.module.css";
import { Part } from "./Part";

const LOOKS = ["primary", "secondary", "quiet", "buy", "sell", "danger", "danger-outline", "link"] as const;
const BUTTON_SIZES = [28, 32, 40, 44, 48] as const;
const ICON_SIZES = [12, 14, 16, 20, 24] as const;
const COVER_SIZES = [20, 24, 28, 40, 56, 80, 112, 184, 228] as const;
const DRAWINGS = ["candles", "orders", "search", "balances", "lost", "offline"] as const;
const WIDTHS = [2, 4, 6, 8, 12, 16, 24] as const;
const LINES = [11, 12, 13, 14, 16, 20, 28, 40] as const;
const POINTS = [3, 5, 4, 6, 2, 3].map((value, index) =>
  chartPoint(Date.UTC(2026, 10, 18, index), (value / 100).toFixed(5)),
);

/** What each component has of looks and sizes, one after another. */
export function AllStates() {
  return (
    <>
      <div className={styles.column}>
        <Buttons />
        <Words />
      </div>
      <div className={styles.column}>
        <Choices />
      </div>
      <div className={styles.column}>
        <Tables />
        <Room />
      </div>
      <div className={styles.column}>
        <Pictures />
      </div>
    </>
  );
}

function Buttons() {
  const t = useTranslations("gallery");
  return (
    <Part title={t("buttons")}>
      <div className={styles.line}>
        {LOOKS.map((look) => (
          <Button key={look} look={look}>
            {t("review")}
          </Button>
        ))}
        {BUTTON_SIZES.map((size) => (
          <Button key={size} size={size}>
            {t("review")}
          </Button>
        ))}
      </div>
      <div className={styles.line}>
        {BUTTON_SIZES.map((size) => (
          <ButtonLink key={size} href="/gallery" look="secondary" size={size}>
            {t("second")}
          </ButtonLink>
        ))}
        {LOOKS.map((look) => (
          <ButtonLink key={look} href="/gallery" look={look}>
            {t("review")}
          </ButtonLink>
        ))}
        <ButtonLink href="/gallery" look="primary" wide>
          {t("emptyAction")}
        </ButtonLink>
      </div>
      <div className={styles.line}>
        {BUTTON_SIZES.map((size) => (
          <IconButton key={size} label={t("star")} size={size}>
            <Icon of={Star} />
          </IconButton>
        ))}
        {LOOKS.map((look) => (
          <IconButton key={look} label={t("star")} look={look}>
            <Icon of={Star} />
          </IconButton>
        ))}
        <IconButton label={t("sending")} look="secondary" busy>
          <Icon of={Star} />
        </IconButton>
      </div>
      <div className={styles.line}>
        {ICON_SIZES.map((size) => (
          <Icon key={size} of={Star} size={size} />
        ))}
      </div>
    </Part>
  );
}

function Words() {
  const t = useTranslations("gallery");
  return (
    <Part title={t("chips")}>
      <div className={styles.line}>
        <Badge tone="plain">{t("trading")}</Badge>
        <StateDot tone="danger">{t("halted")}</StateDot>
        <Arrow direction="up" />
        <Arrow direction="down" />
        <Arrow direction="flat" />
        <Change direction="up" arrow>
          +3.09 %
        </Change>
        <Unknown />
        <Amount unit="USDC" strong>
          12.40
        </Amount>
      </div>
      <FieldNote error={t("priceError")} />
      <FieldNote hint={t("emailHint")} />
      <ShownText label={t("email")} text="7K2F-09QD" copy={t("copy")} copyThis={t("copy")} />
    </Part>
  );
}

function Choices() {
  const t = useTranslations("gallery");
  const [tab, setTab] = useState<"orders" | "fills">("orders");
  const [side, setSide] = useState<"buy" | "sell">("buy");
  const [term, setTerm] = useState("gtc");
  const tabs = (["orders", "fills"] as const).map((key) => ({ key, label: t(key) }));
  const sides = (["buy", "sell"] as const).map((key) => ({ key, label: t(key) }));
  const terms = (["gtc", "ioc"] as const).map((value) => ({ value, label: t(value) }));
  return (
    <>
      <Part title={t("tabs")} note="12 · 13 · 14">
        {([12, 13, 14] as const).map((size) => (
          <Tabs
            key={size}
            label={t("tabs")}
            tabs={tabs}
            value={tab}
            onValue={(key) => setTab(key)}
            size={size}
          />
        ))}
        <Tabs label={t("tabs")} tabs={tabs} value={tab} onValue={(key) => setTab(key)} tone="text" />
        <Tabs label={t("tabs")} tabs={tabs} value={tab} onValue={(key) => setTab(key)} tone="accent" />
        {([32, 36, 44] as const).map((size) => (
          <SegmentedSwitch
            key={size}
            label={t("side")}
            options={sides}
            value={side}
            onValue={(key) => setSide(key)}
            size={size}
          />
        ))}
      </Part>
      <Part title={t("fields")}>
        {(["boxed", "small", "bare"] as const).map((look) => (
          <Select key={look} label={t("term")} value={term} onValue={setTerm} options={terms} look={look} />
        ))}
        <NumberField label={t("price")} unit="USDC" value="0.04206" onValue={() => {}} layout="row" />
        <Slider label={t("percent")} value={25} onValue={() => {}} disabled />
        <Menu
          label={t("menu")}
          button={<span className={styles.menuButton}>{t("menu")}</span>}
          align="end"
          buttonClassName={styles.menuButton}
        >
          {(close) => (
            <>
              <MenuItem onSelect={close} hint="Ctrl K">
                {t("buy")}
              </MenuItem>
              <MenuLine />
              <MenuItem onSelect={close} icon={<Icon of={Star} />}>
                {t("star")}
              </MenuItem>
            </>
          )}
        </Menu>
      </Part>
    </>
  );
}

function Tables() {
  const t = useTranslations("gallery");
  return (
    <Part title={t("table")}>
      {(["page", "panel"] as const).map((look) => (
        <Table
          key={look}
          label={t("table")}
          look={look}
          still
          head={
            <>
              <Head>{t("side")}</Head>
              <Head end sorted="ascending" onSort={() => {}}>
                {t("price")}
              </Head>
            </>
          }
        >
          <tr>
            <Cell>{t("buy")}</Cell>
            <Cell end>0.04174</Cell>
          </tr>
          <RowsRoom columns={[{ key: "side" }, { key: "price" }]} />
        </Table>
      ))}
    </Part>
  );
}

function Room() {
  const t = useTranslations("gallery");
  return (
    <Part title={t("loading")}>
      <div className={styles.skeletons}>
        {WIDTHS.map((width) => (
          <Skeleton key={width} width={width} />
        ))}
        {LINES.map((line) => (
          <Skeleton key={line} line={line} />
        ))}
      </div>
    </Part>
  );
}

function Pictures() {
  const t = useTranslations("gallery");
  return (
    <>
      <Part title={t("covers")}>
        <div className={styles.line}>
          {COVER_SIZES.map((size) => (
            <Cover key={size} id="HAZL" name="Hazel Circuit" size={size} />
          ))}
          <Cover id="LUNA" name="Luna Park" src="/art/luna-park.webp" size={28} full eager />
        </div>
      </Part>
      <Part title={t("charts")}>
        {(["up", "down", "flat"] as const).map((direction) => (
          <AreaChart
            key={direction}
            className={styles.chart}
            points={POINTS}
            direction={direction}
            label={t("charts")}
            formatValue={(text) => text}
            formatTime={(time) => new Date(time).toISOString().slice(5, 16)}
            formatTick={(time) => new Date(time).toISOString().slice(11, 16)}
            ends
          />
        ))}
        <div className={styles.line}>
          <Spark values={[1, 2, 1]} direction="flat" />
        </div>
      </Part>
      <Part title={t("empty")}>
        {DRAWINGS.map((drawing) => (
          <Empty key={drawing} title={t("emptyTitle")} drawing={drawing} />
        ))}
      </Part>
    </>
  );
}
