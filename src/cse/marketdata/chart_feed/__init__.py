"""Markets and candles as TradingView's Charting Library reads them: its Universal Data Feed (UDF)."""
