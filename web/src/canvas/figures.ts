/**
 * Figures on a canvas with digits of one width.
 *
 * A canvas knows no `tabular-nums`, and digits of unequal widths make a column tremble. So digits are set
 * one by one on a common advance; all other signs keep their own.
 */

const DIGITS = "0123456789";

export class FigureSetter {
  private advances = new Map<string, number>();
  private digitAdvance = 0;

  /** @param font as a canvas takes it, such as `400 12px Inter`. */
  constructor(
    private readonly context: CanvasRenderingContext2D,
    readonly font: string,
  ) {}

  /** Before the first text of a drawing: to set the font with each text costs more than the texts. */
  begin(): void {
    const { context } = this;
    context.font = this.font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.measure();
  }

  width(text: string): number {
    let width = 0;
    for (const sign of text) width += this.advance(sign);
    return width;
  }

  /** Sets a text that ends at `right`; `middle` is the vertical middle of the line. */
  end(text: string, right: number, middle: number): void {
    this.start(text, right - this.width(text), middle);
  }

  /** Sets a text that starts at `left`. */
  start(text: string, left: number, middle: number): void {
    const { context } = this;
    let x = left;
    for (const sign of text) {
      const advance = this.advance(sign);
      context.fillText(sign, x + advance / 2, middle);
      x += advance;
    }
  }

  private advance(sign: string): number {
    if (sign >= "0" && sign <= "9") return this.digitAdvance;
    let advance = this.advances.get(sign);
    if (advance === undefined) {
      advance = this.context.measureText(sign).width;
      this.advances.set(sign, advance);
    }
    return advance;
  }

  private measure(): void {
    if (this.digitAdvance > 0) return;
    for (const digit of DIGITS) {
      this.digitAdvance = Math.max(this.digitAdvance, this.context.measureText(digit).width);
    }
  }
}
