"""Pages of the web app as others show them: what a link to a market unfurls into."""
