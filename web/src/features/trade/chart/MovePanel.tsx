"use client";

import { Minus, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Button, IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { useRoom } from "../MarketRoom";
import styles from "./MovePanel.module.css";

export interface MovePanelProps {
  title: string;
  /** Where it would stand, in ticks. */
  ticks: bigint;
  /** On which side of the last price the line stands; the panel is on the other. */
  stands: "above" | "below";
  /** It is under the pointer, which goes through the panel. */
  held: boolean;
  /** The yes is to have the focus. */
  asked: boolean;
  /** Why it cannot be; null where it can. */
  fault: string | null;
  /** What it would do. */
  children?: ReactNode;
  /** What else may be done, before the yes. */
  besides?: ReactNode;
  back: string;
  confirm: string;
  busy: boolean;
  /** Whether anything would be another than it is. */
  changes: boolean;
  onStep: (by: 1 | -1) => void;
  onLeave: () => void;
  onConfirm: () => void;
}

/** Asks over the chart whether a line goes where it was moved; its price is stepped here too. */
export function MovePanel(props: MovePanelProps) {
  const { title, ticks, asked, fault, onLeave } = props;
  const trade = useTranslations("trade.ticket");
  const { texts } = useRoom();
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked) yes.current?.focus();
  }, [asked]);
  return (
    <section
      className={styles.panel}
      data-stands={props.stands}
      data-held={props.held || undefined}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onLeave();
      }}
    >
      <div className={styles.price}>
        <span>{title}</span>
        <IconButton size={28} label={trade("priceDown")} onClick={() => props.onStep(-1)}>
          <Icon of={Minus} size={14} />
        </IconButton>
        <strong className="figure">{texts.price(ticks)}</strong>
        <IconButton size={28} label={trade("priceUp")} onClick={() => props.onStep(1)}>
          <Icon of={Plus} size={14} />
        </IconButton>
      </div>
      {props.children}
      <p className={styles.fault} role="status">
        {fault}
      </p>
      <div className={styles.actions}>
        {props.besides}
        <Button size={32} onClick={onLeave}>
          {props.back}
        </Button>
        <Button
          ref={yes}
          size={32}
          look="primary"
          busy={props.busy}
          disabled={!props.changes || fault !== null}
          className={styles.yes}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </Button>
      </div>
    </section>
  );
}
