-- What a market may be told after its listing: limits, steps, band, halt, and when an auction ends.

-- migrate:up

ALTER TABLE ledger.markets
    ADD COLUMN price_band_ppm bigint NOT NULL DEFAULT 0,
    ADD COLUMN auction_ends_at_us bigint NOT NULL DEFAULT 0,
    ADD COLUMN max_notional numeric(39, 0) NOT NULL DEFAULT 0,
    ADD COLUMN min_quantity bigint NOT NULL DEFAULT 0,
    ADD COLUMN price_increment bigint NOT NULL DEFAULT 1,
    ADD COLUMN quantity_increment bigint NOT NULL DEFAULT 1,
    ADD COLUMN halt_ppm bigint NOT NULL DEFAULT 0,
    ADD COLUMN halt_window_s bigint NOT NULL DEFAULT 0,
    ADD COLUMN halt_auction_s bigint NOT NULL DEFAULT 0,
    ADD COLUMN reference_price bigint NOT NULL DEFAULT 0;

-- 1 where an auction made the trade.
ALTER TABLE ledger.trades ADD COLUMN auction smallint NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE ledger.trades DROP COLUMN auction;
ALTER TABLE ledger.markets
    DROP COLUMN price_band_ppm, DROP COLUMN auction_ends_at_us, DROP COLUMN max_notional,
    DROP COLUMN min_quantity, DROP COLUMN price_increment, DROP COLUMN quantity_increment,
    DROP COLUMN halt_ppm, DROP COLUMN halt_window_s, DROP COLUMN halt_auction_s,
    DROP COLUMN reference_price;
