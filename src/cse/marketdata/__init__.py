"""What everyone may see: assets, markets, books, trades, tickers."""
