"use client";

import type { OverChart } from "@/features/chart/ChartPanel";
import { useLateWords } from "@/i18n/useLateWords";
import { Words } from "@/i18n/Words";
import { ChartAlerts } from "./alerts/ChartAlerts";
import { ChartCompare } from "./compare/ChartCompare";

/** What the chart has of price alerts and of other markets. */
export default function ChartMore(parts: OverChart) {
  const alerts = useLateWords("alerts");
  const desk = useLateWords("desk");
  if (!alerts || !desk) return null;
  return (
    <Words messages={{ ...alerts, ...desk }}>
      <ChartAlerts {...parts} />
      <ChartCompare {...parts} />
    </Words>
  );
}
