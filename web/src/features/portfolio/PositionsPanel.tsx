"use client";

import type { CostMethod, PortfolioView } from "@cse/client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Select } from "@/components/Choice";
import { Icon } from "@/components/Icon";
import { ErrorState } from "@/components/States";
import { saveText } from "@/components/saveText";
import { useFormat } from "@/providers/format";
import { COST_METHODS, useCostMethod } from "@/providers/kept/costMethod";
import { VALUE_ASSET } from "@/providers/market/markets";
import { ColumnsButton } from "./ColumnsButton";
import { useColumns } from "./columns";
import styles from "./Portfolio.module.css";
import { PositionsTable } from "./PositionsTable";
import { type Positions, positionsCsv } from "./positions";

/** Positions by the method that was chosen, to take away too, and what the return consists of. */
export function PositionsPanel({
  view,
  positions,
  error,
  retry,
}: {
  view: PortfolioView | undefined;
  positions: Positions | null;
  error: unknown;
  retry(): void;
}) {
  const t = useTranslations("portfolio");
  const words = useTranslations("positions");
  const { cost, choose } = useCostMethod();
  const hidden = useColumns((state) => state.positions);
  if (error && !view) {
    return <ErrorState title={words("failed")} error={error} money={words("money")} onRetry={retry} />;
  }
  return (
    <>
      <div className={styles.toolbar}>
        <span>{words(`how.method.${cost}`)}</span>
        <Select<CostMethod>
          label={t("costMethod")}
          look="small"
          value={cost}
          onValue={choose}
          options={COST_METHODS.map((value) => ({
            value,
            label: t(`methods.${value}`),
          }))}
        />
        <Button
          size={32}
          disabled={!view}
          onClick={() => view && saveText("positions.csv", "text/csv", positionsCsv(view))}
        >
          <Icon of={Download} size={14} />
          CSV
        </Button>
        <ColumnsButton of="positions" />
      </div>
      <PositionsTable positions={positions} method={cost} hidden={hidden} />
      {positions && <Sentence positions={positions} />}
    </>
  );
}

/** What the return is made of, in exact figures, so that they add up. */
function Sentence({ positions }: { positions: Positions }) {
  const t = useTranslations("portfolio");
  const format = useFormat();
  const { decimals, gain, unrealised, realised, fees, creatorShare, putIn, takenOut } = positions;
  const money = (units: bigint | null) => format.amount(units, decimals);
  const signed = (units: bigint | null) => `${units !== null && units > 0n ? "+" : ""}${money(units)}`;
  if (positions.unpriced.length > 0) {
    const rest = { value: money(positions.pricedValue), unit: VALUE_ASSET };
    return <p className={styles.sentence}>{t("rest", { ...rest, assets: positions.unpriced.join(", ") })}</p>;
  }
  if (gain === null || unrealised === null || realised === null || fees === null) {
    return <p className={styles.sentence}>{t("returnUnknown")}</p>;
  }
  return (
    <p className={styles.sentence}>
      {t("returnOf", {
        gain: signed(gain),
        unrealised: signed(unrealised),
        realised: signed(realised),
        fees: money(fees),
      })}
      {creatorShare ? ` ${t("returnShare", { share: money(creatorShare) })}` : ""}{" "}
      {takenOut
        ? t("notReturnBoth", { in: money(putIn), out: money(takenOut) })
        : t("notReturn", { in: money(putIn) })}
    </p>
  );
}
