/** Tables for other programs. */

const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^-\d+(\.\d+)?$/;

/** Rows of texts and numbers as CSV under a head; what is not known is empty. */
export function csvText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [head, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

type Cell = string | number | bigint | null | undefined;

/** A text that a spreadsheet would run as a formula stands behind an apostrophe: people choose some of them. */
function cellText(value: Cell): string {
  const text = String(value ?? "");
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
