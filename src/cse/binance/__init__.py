"""The spot API of Binance, spoken by our services: what its published clients send, they can send here."""
