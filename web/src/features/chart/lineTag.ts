/** The tag of a line that is moved and taken away: a grip, words and a cross. Who presses meets elements over it. */

import { type OverlayFigure, utils } from "klinecharts";
import { filled, frame, line, text } from "./figures";

export const TAG_LEFT = 12;
export const TAG_HEIGHT = 24;
export const TAG_PADDING = 8;
const CROSS_WIDTH = 24;
const GRIP_WIDTH = 10;

export interface LineTag {
  words: string;
  /** Whether it has a grip. */
  movable: boolean;
}

export interface TagColours {
  border: string;
  ground: string;
  text: string;
  quiet: string;
  family: string;
}

/** In pixels. */
export function tagWidth({ words, movable }: LineTag, family: string): number {
  return (
    utils.calcTextWidth(words, 11, 500, family) + 2 * TAG_PADDING + (movable ? GRIP_WIDTH : 0) + CROSS_WIDTH
  );
}

/** The tag with its middle at a height. */
export function lineTag(tag: LineTag, left: number, y: number, colours: TagColours): OverlayFigure[] {
  const { border, ground, quiet, family } = colours;
  const width = tagWidth(tag, family);
  const top = Math.round(y - TAG_HEIGHT / 2) + 0.5;
  const cross = left + width - CROSS_WIDTH;
  const words = left + TAG_PADDING + (tag.movable ? GRIP_WIDTH : 0);
  return [
    frame({ x: left + 0.5, y: top, width, height: TAG_HEIGHT }, { ground, border }),
    text(tag.words, { x: words, y: y + 0.5 }, { color: colours.text, family, weight: 500 }),
    ...(tag.movable ? [grip(left + TAG_PADDING, Math.round(y), quiet)] : []),
    line({ x: cross, y: top }, { x: cross, y: top + TAG_HEIGHT }, { color: border }),
    ...crossLines(cross + CROSS_WIDTH / 2, Math.round(y) + 0.5, colours.text),
  ];
}

/** Two columns of three dots: what may be dragged. */
function grip(x: number, y: number, color: string): OverlayFigure {
  const dots = [0, 4].flatMap((right) =>
    [-4, 0, 4].map((down) => ({ x: x + right, y: y + down - 1, width: 1.5, height: 1.5 })),
  );
  return filled(dots, color);
}

function crossLines(x: number, y: number, color: string): OverlayFigure[] {
  const arm = 3.5;
  return [-arm, arm].map((rise) =>
    line({ x: x - arm, y: y + rise }, { x: x + arm, y: y - rise }, { color, size: 1.25 }),
  );
}
