-- In which list an order came, and when a trigger order fired.

-- migrate:up

-- The first order of the list, 0 of an order that came alone; 0 of one that has not fired.
ALTER TABLE ledger.open_orders
    ADD COLUMN list_id bigint NOT NULL DEFAULT 0,
    ADD COLUMN triggered_at_us bigint NOT NULL DEFAULT 0;
ALTER TABLE ledger.closed_orders
    ADD COLUMN list_id bigint NOT NULL DEFAULT 0,
    ADD COLUMN triggered_at_us bigint NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE ledger.open_orders DROP COLUMN list_id, DROP COLUMN triggered_at_us;
ALTER TABLE ledger.closed_orders DROP COLUMN list_id, DROP COLUMN triggered_at_us;
