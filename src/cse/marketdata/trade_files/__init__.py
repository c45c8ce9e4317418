"""All trades of a market, day by day, as files that the gateway serves to everybody."""
