-- Since when it is known that a person reads the mail of their address; NULL while it is not.

-- migrate:up
ALTER TABLE accounts.persons ADD COLUMN email_verified_at timestamptz;

-- migrate:down
ALTER TABLE accounts.persons DROP COLUMN email_verified_at;
