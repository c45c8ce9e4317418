"use client";

import type { DeskMarket } from "@cse/client";
import { ArrowLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/Button";
import { Badge } from "@/components/Chip";
import { FieldNote } from "@/components/Field";
import { Unknown } from "@/components/Figures";
import { Icon } from "@/components/Icon";
import { ErrorState } from "@/components/States";
import { Cell, Head, RowsRoom, Table } from "@/components/Table";
import { useAct } from "@/features/acting/useAct";
import { withStepUp } from "@/features/stepUp/stepUp";
import { desk } from "@/providers/desk";
import { useFormat } from "@/providers/format";
import { useUrlState } from "@/providers/urlState";
import styles from "./Admin.module.css";
import { MarketActDialog } from "./MarketActDialog";
import { MARKET_ACTS, type MarketAct } from "./marketActs";
import { useDeskChanged, useDeskMarkets } from "./useDesk";

const COLUMNS = ["state", "last", "band", "interruption", "fees"] as const;

/** All markets with state, band, interruption and fees; or one of them, and what can be done about it. */
export function MarketsRoom({ sets }: { sets: boolean }) {
  const t = useTranslations("admin.markets");
  const [search, change] = useUrlState();
  const [creates, setCreates] = useState(false);
  const markets = useDeskMarkets();
  if (markets.isError && !markets.data) {
    return <ErrorState title={t("failed")} error={markets.error} onRetry={() => void markets.refetch()} />;
  }
  const chosen = markets.data?.find(({ market }) => market.market === search.get("market"));
  if (chosen) return <MarketRoom shown={chosen} sets={sets} />;
  return (
    <section className={styles.section} aria-busy={markets.isPending}>
      <div className={styles.line}>
        <h2>{t("title")}</h2>
        {sets && (
          <Button size={32} onClick={() => setCreates(true)}>
            {t("acts.create")}
          </Button>
        )}
      </div>
      <Table
        label={t("title")}
        head={
          <>
            <Head>{t("market")}</Head>
            {COLUMNS.map((column) => (
              <Head key={column} end={column !== "state"}>
                {t(column)}
              </Head>
            ))}
          </>
        }
      >
        {markets.data?.map((shown) => (
          <Row
            key={shown.market.market}
            shown={shown}
            onChoose={() => change({ market: shown.market.market }, true)}
          />
        )) ?? <RowsRoom columns={[{ key: "market" }, ...COLUMNS.map((key) => ({ key }))]} />}
      </Table>
      {creates && <MarketActDialog act="create" shown={null} onClose={() => setCreates(false)} />}
    </section>
  );
}

function Row({ shown, onChoose }: { shown: DeskMarket; onChoose(): void }) {
  const { market } = shown;
  const words = useMarketWords(shown);
  return (
    <tr>
      <Cell strong>
        <Button look="link" onClick={onChoose}>
          <bdi dir="ltr">{market.market}</bdi>
        </Button>
      </Cell>
      <Cell>
        <State shown={shown} />
      </Cell>
      <Cell end>{words.last}</Cell>
      <Cell end>{words.band}</Cell>
      <Cell end>{words.interruption}</Cell>
      <Cell end>{words.fees}</Cell>
    </tr>
  );
}

function State({ shown }: { shown: DeskMarket }) {
  const t = useTranslations("admin.markets");
  const { status } = shown.market;
  const tone = status === "open" ? "plain" : status === "halted" ? "danger" : "warn";
  return <Badge tone={tone}>{t(`states.${status}`)}</Badge>;
}

function useMarketWords(shown: DeskMarket) {
  const t = useTranslations("admin.markets");
  const format = useFormat();
  const { market, promotion } = shown;
  const ppm = (rate: number) => <span className="figure">{format.percent(BigInt(rate), false)}</span>;
  return {
    last: shown.last_price === null ? <Unknown /> : format.decimal(shown.last_price),
    band: market.price_band_ppm === 0 ? <Unknown /> : <>± {ppm(market.price_band_ppm)}</>,
    interruption:
      market.interruption_ppm === 0 ? (
        <Unknown />
      ) : (
        <>
          {ppm(market.interruption_ppm)}{" "}
          {t("within", { window: market.interruption_window_s, auction: market.interruption_auction_s })}
        </>
      ),
    fees: (
      <>
        {ppm(market.maker_fee_ppm)} · {ppm(market.taker_fee_ppm)}
        {promotion && ` · ${t("promoted", { at: format.dateTime(promotion.ends_at) })}`}
      </>
    ),
  };
}

function MarketRoom({ shown, sets }: { shown: DeskMarket; sets: boolean }) {
  const t = useTranslations("admin.markets");
  const [, change] = useUrlState();
  const [act, setAct] = useState<MarketAct | null>(null);
  const { market } = shown;
  return (
    <>
      <Button size={32} look="quiet" onClick={() => change({ market: null }, true)}>
        <Icon of={ArrowLeft} size={14} className="mirror" /> {t("back")}
      </Button>
      <section className={styles.section}>
        <div className={styles.line}>
          <h2 className={styles.who}>
            <bdi dir="ltr">{market.market}</bdi> <State shown={shown} />
          </h2>
        </div>
        <Facts shown={shown} />
        {sets && market.status !== "delisted" && (
          <span className={styles.actions}>
            {MARKET_ACTS.map((one) => (
              <Button
                key={one}
                size={32}
                look={one === "delist" ? "danger-outline" : "secondary"}
                onClick={() => setAct(one)}
              >
                {t(`acts.${one}`)}
              </Button>
            ))}
            {shown.promotion && <EndPromotion market={market.market} />}
          </span>
        )}
      </section>
      {act && <MarketActDialog act={act} shown={shown} onClose={() => setAct(null)} />}
    </>
  );
}

function Facts({ shown }: { shown: DeskMarket }) {
  const t = useTranslations("admin.markets");
  const format = useFormat();
  const words = useMarketWords(shown);
  const { market } = shown;
  const steps = (low: string, high: string | null) =>
    high === null
      ? t("from", { low: format.decimal(low) })
      : `${format.decimal(low)} – ${format.decimal(high)}`;
  return (
    <dl className={styles.facts}>
      <Fact name={t("last")}>{words.last}</Fact>
      <Fact name={t("band")}>{words.band}</Fact>
      <Fact name={t("bandNow")}>
        {market.band_lowest_price === null || market.band_highest_price === null ? (
          <Unknown />
        ) : (
          steps(market.band_lowest_price, market.band_highest_price)
        )}
      </Fact>
      <Fact name={t("interruption")}>{words.interruption}</Fact>
      <Fact name={t("fees")}>{words.fees}</Fact>
      <Fact name={t("tiers")}>
        {shown.tiers
          .map(({ tier, maker_fee_ppm, taker_fee_ppm }) => `${tier}: ${maker_fee_ppm} / ${taker_fee_ppm} ppm`)
          .join(" · ") || <Unknown />}
      </Fact>
      <Fact name={t("fields.tick_size")}>{format.decimal(market.tick_size)}</Fact>
      <Fact name={t("fields.lot_size")}>{format.decimal(market.lot_size)}</Fact>
      <Fact name={t("quantity")}>{steps(market.min_quantity, market.max_quantity)}</Fact>
      <Fact name={t("notional")}>{steps(market.min_notional, market.max_notional)}</Fact>
      <Fact name={t("fields.max_open_orders")}>
        {market.max_open_orders === 0 ? t("unbounded") : format.count(market.max_open_orders)}
      </Fact>
      {market.auction_ends_at && (
        <Fact name={t("fields.auction_ends_at")}>{format.dateTime(market.auction_ends_at)}</Fact>
      )}
    </dl>
  );
}

function EndPromotion({ market }: { market: string }) {
  const t = useTranslations("admin.markets");
  const changed = useDeskChanged();
  const { busy, error, act } = useAct();
  return (
    <>
      <Button
        size={32}
        busy={busy}
        onClick={() => act(() => withStepUp(() => desk().endMarketPromotion(market)).finally(changed))}
      >
        {t("endPromotion")}
      </Button>
      {error !== null && <FieldNote error={error} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
