"use client";

import { formatInput, priceToTicks } from "@cse/client";
import { BellPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { ButtonLink } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Icon } from "@/components/Icon";
import { Empty } from "@/components/States";
import { AlertForm } from "@/features/alerts/AlertForm";
import { AlertLists } from "@/features/alerts/AlertLists";
import { usePriceAlerts } from "@/features/alerts/usePriceAlerts";
import type { OverChart } from "@/features/chart/ChartPanel";
import { drawnAt, snapped } from "@/features/chart/snapping";
import { useReturnTo } from "@/features/shell/returnTo";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useSession } from "@/providers/session";
import { useRoom } from "../../MarketRoom";
import { drawAlerts } from "./alertLines";
import styles from "./AxisButton.module.css";
import { waitingIn } from "./reached";
import { useReached } from "./useReached";

/** Alerts that wait as lines, a button at the price axis that sets one there, and the form of them. */
export function ChartAlerts({ tools, chart, wish, onWish }: OverChart) {
  const t = useTranslations("desk.alerts");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  const { data: alerts } = usePriceAlerts();
  const [at, setAt] = useState("");
  useReached(alerts);
  const close = () => {
    setAt("");
    onWish(null);
  };
  useEffect(
    () =>
      drawAlerts(
        tools.chart,
        waitingIn(alerts, listing.market).map(({ price }) => ({
          value: drawnAt(priceToTicks(price, listing), listing),
          text: t("line", { price: texts.wirePrice(price) }),
        })),
      ),
    [tools, alerts, listing, texts, t],
  );
  const take = (clientY: number) => {
    const price = chart.current?.priceAt(clientY) ?? null;
    const ticks = price === null ? null : snapped(price, listing);
    if (ticks === null) return;
    setAt(formatInput(ticks * listing.tickSize, listing.tickDecimals, numberLocale));
    onWish("alert");
  };
  return (
    <>
      <AxisButton tools={tools} onTake={take} within={(y) => (chart.current?.priceAt(y) ?? null) !== null} />
      {wish === "alert" && createPortal(<AlertDialog at={at} onClose={close} />, document.body)}
    </>
  );
}

/**
 * A small button beside the price axis that follows the pointer's height. The toolbar has the same for the
 * keyboard and for touch.
 */
function AxisButton({
  tools,
  within,
  onTake,
}: {
  tools: OverChart["tools"];
  within: (clientY: number) => boolean;
  onTake: (clientY: number) => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const isWithin = useRef(within);
  isWithin.current = within;
  useEffect(() => {
    const element = button.current;
    const ground = element?.parentElement;
    if (!element || !ground) return;
    const follow = (event: PointerEvent) => {
      element.hidden = event.pointerType !== "mouse" || !isWithin.current(event.clientY);
      if (element.hidden || event.target === element || element.contains(event.target as Node)) return;
      const { top } = ground.getBoundingClientRect();
      const axis = tools.chart.getSize(tools.pricePane, "yAxis")?.width ?? 0;
      element.style.setProperty("--y", `${Math.round(event.clientY - top)}px`);
      element.style.setProperty("--axis", `${axis}px`);
    };
    const hide = () => {
      element.hidden = true;
    };
    ground.addEventListener("pointermove", follow);
    ground.addEventListener("pointerleave", hide);
    return () => {
      ground.removeEventListener("pointermove", follow);
      ground.removeEventListener("pointerleave", hide);
    };
  }, [tools]);
  return (
    <button
      ref={button}
      type="button"
      hidden
      tabIndex={-1}
      aria-hidden
      data-alert-here=""
      className={styles.here}
      onClick={(event) => onTake(middleOf(event.currentTarget))}
    >
      <Icon of={BellPlus} size={12} />
    </button>
  );
}

function middleOf(element: HTMLElement): number {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

function AlertDialog({ at, onClose }: { at: string; onClose: () => void }) {
  const t = useTranslations("desk.alerts");
  const common = useTranslations("common");
  const { listing } = useRoom();
  const { data: listings } = useListings();
  const { data: alerts } = usePriceAlerts();
  const visitor = useSession((session) => session.state === "visitor");
  const returnTo = useReturnTo();
  const here = alerts?.filter(({ market }) => market === listing.market) ?? [];
  return (
    <Dialog open onClose={onClose} title={t("title")}>
      {visitor ? (
        <Empty
          title={t("visitor")}
          action={
            <ButtonLink href={`/sign-in${returnTo}`} size={32}>
              {common("signIn")}
            </ButtonLink>
          }
        />
      ) : (
        listings && (
          <>
            <AlertForm listings={listings} first={listing} typed={at} onSet={onClose} />
            {here.length > 0 && <AlertLists alerts={here} listings={listings} />}
          </>
        )
      )}
    </Dialog>
  );
}
