/** Marks of fills that would lie over each other become one, with the count of what it stands for. */

/** How many fills of each side a bar holds. */
export interface FillMark {
  buys: number;
  sells: number;
}

/** Fills of neighbouring bars, from the first to the last of them by their places. */
export interface FillCluster extends FillMark {
  from: number;
  to: number;
}

/** So many marks stand in sight one by one. */
export const MARKS_MAX = 200;

/**
 * The marks in sight, ascending by place, as at most `most` clusters. Each stretch of as many bars as that
 * takes is one; up to `most` every mark is its own.
 */
export function clustered(marks: readonly (FillMark & { at: number })[], most = MARKS_MAX): FillCluster[] {
  const [first, last] = [marks[0], marks.at(-1)];
  if (!first || !last) return [];
  const width = marks.length <= most ? 1 : Math.ceil((last.at - first.at + 1) / most);
  const clusters: FillCluster[] = [];
  for (const { at, buys, sells } of marks) {
    const open = clusters.at(-1);
    const stretch = Math.floor((at - first.at) / width);
    if (open && Math.floor((open.from - first.at) / width) === stretch) {
      open.to = at;
      open.buys += buys;
      open.sells += sells;
    } else {
      clusters.push({ from: at, to: at, buys, sells });
    }
  }
  return clusters;
}
