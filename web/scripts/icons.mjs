/** The house's mark as PNG files, drawn here: a rounded square and three bars that rise. */

import { crc32, deflateSync } from "node:zlib";

/** Edge of the mark's own grid; rectangles are left, top, width, height and radius on it. */
const GRID = 24;
const SQUARE = [0, 0, 24, 24, 6];
const BARS = [
  [6, 12.5, 3, 5.5, 1],
  [10.5, 9.5, 3, 8.5, 1],
  [15, 6, 3, 12, 1],
];
const FILL = [0x6a, 0x55, 0xf5];
const BAR = [0xff, 0xff, 0xff];
/** Of each pixel so many times so many points are looked at. */
const POINTS = 4;
/** A mask may take away all that is not in the middle four fifths. */
const SAFE = 0.8;

/**
 * @param {number} size edge in pixels
 * @param {{ maskable?: boolean }} [how] maskable: the colour goes to all edges, and the bars stay in the middle
 * @returns {Buffer} the PNG file
 */
export function markPng(size, { maskable = false } = {}) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  const scale = maskable ? SAFE : 1;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = y * (1 + size * 4) + 1 + x * 4;
      const square = maskable ? 1 : covered(x, y, size, 1, [SQUARE]);
      const bars = covered(x, y, size, scale, BARS);
      for (let channel = 0; channel < 3; channel += 1) {
        rows[at + channel] = Math.round(FILL[channel] + (BAR[channel] - FILL[channel]) * bars);
      }
      rows[at + 3] = Math.round(255 * square);
    }
  }
  return png(size, rows);
}

/** How much of a pixel lies in any of the rectangles, 0 to 1; `scale` shrinks them around the middle. */
function covered(x, y, size, scale, rectangles) {
  let inside = 0;
  for (let index = 0; index < POINTS * POINTS; index += 1) {
    const across = toGrid(x + ((index % POINTS) + 0.5) / POINTS, size, scale);
    const down = toGrid(y + (Math.floor(index / POINTS) + 0.5) / POINTS, size, scale);
    if (rectangles.some((rectangle) => isIn(across, down, rectangle))) inside += 1;
  }
  return inside / (POINTS * POINTS);
}

function toGrid(pixel, size, scale) {
  return GRID / 2 + ((pixel / size) * GRID - GRID / 2) / scale;
}

function isIn(x, y, [left, top, width, height, radius]) {
  const across = Math.max(left + radius - x, x - (left + width - radius), 0);
  const down = Math.max(top + radius - y, y - (top + height - radius), 0);
  return across * across + down * down <= radius * radius;
}

/** Rows of eight bits RGBA, each behind a filter byte of 0. */
function png(size, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND")];
  return Buffer.concat([signature, ...parts]);
}

function chunk(name, content = Buffer.alloc(0)) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
