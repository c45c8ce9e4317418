-- What interrupts a market is named by that: a market that is interrupted is in auction, not halted.

-- migrate:up

ALTER TABLE ledger.markets RENAME COLUMN halt_ppm TO interruption_ppm;
ALTER TABLE ledger.markets RENAME COLUMN halt_window_s TO interruption_window_s;
ALTER TABLE ledger.markets RENAME COLUMN halt_auction_s TO interruption_auction_s;

-- migrate:down
ALTER TABLE ledger.markets RENAME COLUMN interruption_ppm TO halt_ppm;
ALTER TABLE ledger.markets RENAME COLUMN interruption_window_s TO halt_window_s;
ALTER TABLE ledger.markets RENAME COLUMN interruption_auction_s TO halt_auction_s;
