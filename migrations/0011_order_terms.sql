-- What orders ask for beyond price and quantity.

-- migrate:up

-- What an order asked for beyond price and quantity; of orders taken in before, nothing.
ALTER TABLE ledger.open_orders
    ADD COLUMN stop_price bigint NOT NULL DEFAULT 0,
    ADD COLUMN trailing_delta bigint NOT NULL DEFAULT 0,
    ADD COLUMN display_quantity bigint NOT NULL DEFAULT 0,
    ADD COLUMN expires_at_us bigint NOT NULL DEFAULT 0;
ALTER TABLE ledger.closed_orders
    ADD COLUMN stop_price bigint NOT NULL DEFAULT 0,
    ADD COLUMN trailing_delta bigint NOT NULL DEFAULT 0,
    ADD COLUMN display_quantity bigint NOT NULL DEFAULT 0,
    ADD COLUMN expires_at_us bigint NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE ledger.open_orders
    DROP COLUMN stop_price, DROP COLUMN trailing_delta, DROP COLUMN display_quantity, DROP COLUMN expires_at_us;
ALTER TABLE ledger.closed_orders
    DROP COLUMN stop_price, DROP COLUMN trailing_delta, DROP COLUMN display_quantity, DROP COLUMN expires_at_us;
