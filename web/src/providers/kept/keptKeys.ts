/**
 * Under which keys a browser keeps what a person has everywhere alike; drawings have an account and a market
 * in theirs. What is kept under any other key stays in the browser.
 */
export const SYNCED_KEYS = [
  "cse.indicators",
  "cse.chart",
  "cse.book",
  "cse.columns",
  "cse.desk",
  "cse.drawing",
  "cse.keys",
  "cse.lists",
  "cse.tape",
] as const;
