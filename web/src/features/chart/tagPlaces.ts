/** Where tags of lines stand when several prices are nearly the same: beside each other, never over each other. */

export interface Tag {
  /** Height of its line, in pixels. */
  y: number;
  width: number;
}

/** A tag that stands, in pixels. */
export interface TagPlace {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 6;

/** How far a tag moves aside for the earlier ones that stand at its height. */
export function asideFor(tag: Pick<Tag, "y">, earlier: readonly Tag[], height: number): number {
  return earlier.reduce(
    (aside, other) => aside + (Math.abs(other.y - tag.y) < height ? other.width + GAP : 0),
    0,
  );
}

/** The first place from `left` on that is clear of all that stand, however they came there. */
export function clearOf(place: TagPlace, taken: readonly TagPlace[]): TagPlace {
  const beside = taken
    .filter(({ top, height }) => top < place.top + place.height + 2 && place.top < top + height + 2)
    .sort((one, other) => one.left - other.left);
  let { left } = place;
  for (const other of beside) {
    if (other.left < left + place.width + GAP && left < other.left + other.width + GAP) {
      left = other.left + other.width + GAP;
    }
  }
  return { ...place, left };
}
