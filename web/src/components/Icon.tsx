import type { LucideIcon } from "lucide-react";

/** One icon of the set: 16 or 20 px, 1.5 px stroke. Its name belongs to the control around it. */
export function Icon({
  of: Shape,
  size = 16,
  className,
}: {
  of: LucideIcon;
  size?: 12 | 14 | 16 | 20 | 24;
  className?: string;
}) {
  return <Shape size={size} strokeWidth={1.5} absoluteStrokeWidth aria-hidden className={className} />;
}
