"""What Binance's clients hear: markets and accounts over WebSockets, told by the streams' process."""
