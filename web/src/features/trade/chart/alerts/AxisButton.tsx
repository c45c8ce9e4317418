"use client";

import { BellPlus } from "lucide-react";
import { useEffect, useRef } from "react";
import { Icon } from "@/components/Icon";
import type { OverChart } from "@/features/chart/ChartPanel";
import styles from "./AxisButton.module.css";

/**
 * A small button beside the price axis that follows the pointer's height. The toolbar has the same for the
 * keyboard and for touch.
 */
export function AxisButton({
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
      const under = event.target as Element;
      if (element.contains(under)) return;
      // It covers neither what stands over the chart nor what is dragged there.
      const over = under.closest("li, section, button");
      const covers = event.buttons !== 0 || (over !== null && ground.contains(over));
      element.hidden = event.pointerType !== "mouse" || covers || !isWithin.current(event.clientY);
      if (element.hidden) return;
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
