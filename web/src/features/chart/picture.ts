/** The chart as it stands, as a picture with a line that says what it shows. */

const CAPTION = { height: 28, padding: 12, size: 12 };

/**
 * Everything drawn in `element` over `ground`, in the screen's own pixels; null where the browser makes no
 * picture. `caption` says market, interval and time, since a picture leaves the page that does.
 */
export function pictureOf(
  element: HTMLElement,
  ground: string,
  caption: { text: string; colour: string; family: string },
): Promise<Blob | null> {
  const box = element.getBoundingClientRect();
  const ratio = globalThis.devicePixelRatio || 1;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round((box.height + CAPTION.height) * ratio);
  const ctx = canvas.getContext("2d");
  if (!ctx) return Promise.resolve(null);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = ground;
  ctx.fillRect(0, 0, box.width, box.height + CAPTION.height);
  for (const layer of element.querySelectorAll("canvas")) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (width > 0 && height > 0) {
      ctx.drawImage(layer, left - box.left, top - box.top + CAPTION.height, width, height);
    }
  }
  ctx.fillStyle = caption.colour;
  ctx.font = `500 ${CAPTION.size}px ${caption.family}`;
  ctx.textBaseline = "middle";
  ctx.fillText(caption.text, CAPTION.padding, CAPTION.height / 2);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
