/** Where a reader of a channel stands, and whether the next message follows. */

/** A position in a channel. `epoch` is the journal's. */
export interface Position {
  readonly epoch: bigint;
  readonly sequence: bigint;
}

/** What of a message tells where it belongs. Numbers as the wire has them. */
export interface Placed {
  readonly type: "snapshot" | "update";
  readonly epoch: string;
  readonly previous: string | null;
  readonly sequence: string;
}

export type Following =
  | { readonly kind: "next"; readonly position: Position }
  /** Everything in it is known already. */
  | { readonly kind: "known" }
  | { readonly kind: "gap" };

/**
 * Whether a message goes on from `position`. A snapshot always does.
 *
 * An update has everything that changed in (previous, sequence] with its present value. So one that
 * begins earlier and ends later than the position is as good as the exact next, and only one that
 * begins later has left something out. A sequence may stay where it is while the content changes: a
 * candle closes without a trade. Epochs rise in the middle of a channel and break nothing; the newest one
 * that was seen belongs to the position.
 */
export function follow(position: Position | null, message: Placed): Following {
  const next: Position = { epoch: BigInt(message.epoch), sequence: BigInt(message.sequence) };
  if (message.type === "snapshot") return { kind: "next", position: next };
  if (position === null || message.previous === null) return { kind: "gap" };
  const previous = BigInt(message.previous);
  if (previous > position.sequence || next.sequence < previous) return { kind: "gap" };
  if (next.sequence < position.sequence) return { kind: "known" };
  if (next.sequence === position.sequence && previous < position.sequence) return { kind: "known" };
  const epoch = next.epoch > position.epoch ? next.epoch : position.epoch;
  return { kind: "next", position: { epoch, sequence: next.sequence } };
}
