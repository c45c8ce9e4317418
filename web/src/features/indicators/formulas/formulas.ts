/** All formulas, by the names of the list. */

import type { Formulas } from "./formula";
import { MOMENTUM } from "./momentum";
import { PATTERN } from "./pattern";
import { PRICE } from "./price";
import { TREND } from "./trend";
import { VOLATILITY } from "./volatility";
import { VOLUME } from "./volume";

export const FORMULAS: Formulas = { ...TREND, ...MOMENTUM, ...VOLATILITY, ...VOLUME, ...PATTERN, ...PRICE };
