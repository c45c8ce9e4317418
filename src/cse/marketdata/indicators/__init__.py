"""Technical indicators of a market's candles: decimals for charts and signals, never amounts."""
