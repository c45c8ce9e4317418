/** Where tags of orders stand when several prices are nearly the same: beside each other, never over each other. */

export interface Tag {
  /** Height of its line, in pixels. */
  y: number;
  width: number;
}

const GAP = 6;

/** How far a tag moves aside for the earlier ones that stand at its height. */
export function asideFor(tag: Pick<Tag, "y">, earlier: readonly Tag[], height: number): number {
  return earlier.reduce(
    (aside, other) => aside + (Math.abs(other.y - tag.y) < height ? other.width + GAP : 0),
    0,
  );
}
