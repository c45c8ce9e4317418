-- When a password of an e-mail was last hashed to be kept, which may have been for a row that is yet to come.

-- migrate:up
ALTER TABLE accounts.password_salts ADD COLUMN kept_at timestamptz NOT NULL DEFAULT now();

-- migrate:down
ALTER TABLE accounts.password_salts DROP COLUMN kept_at;
