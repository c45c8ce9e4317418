"""Words of the exchange: money, assets, markets, orders, accounts, codes; imports none of ours."""
