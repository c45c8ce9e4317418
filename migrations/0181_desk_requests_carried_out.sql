-- By which row of the outbox a request was carried out: what the core answered stands there, also where
-- nobody was left to wait for it.

-- migrate:up
ALTER TABLE desk.requests ADD COLUMN outbox_number bigint;
GRANT UPDATE (outbox_number) ON desk.requests TO cse_desk;

-- migrate:down
ALTER TABLE desk.requests DROP COLUMN outbox_number;
