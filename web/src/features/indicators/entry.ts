/** What an indicator of the list is. */

/** A number that may be chosen; a `whole` one counts bars. */
export interface ParameterEntry {
  readonly name: string;
  readonly default: number;
  readonly least: number;
  readonly greatest: number;
  readonly whole: boolean;
}

export interface IndicatorEntry {
  readonly name: string;
  readonly family: "trend" | "momentum" | "volatility" | "volume" | "pattern" | "price";
  /** Over the candles, or in a pane of its own. */
  readonly drawn: "price" | "pane";
  readonly parameters: readonly ParameterEntry[];
  readonly outputs: readonly string[];
  /** How many bars before a value it stands on, with the defaults. */
  readonly warm_up: number;
}
