-- Where a session is used, so that a person can tell theirs from a stranger's.

-- migrate:up
ALTER TABLE accounts.sessions
    -- What the client said of itself when it signed in, cut to 256 characters; empty where it said nothing.
    ADD COLUMN user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 256),
    -- From where it signed in or refreshed last; empty in sessions of before.
    ADD COLUMN address text NOT NULL DEFAULT '',
    -- What the person calls it.
    ADD COLUMN name text CHECK (length(name) BETWEEN 1 AND 40);

-- migrate:down
ALTER TABLE accounts.sessions DROP COLUMN user_agent, DROP COLUMN address, DROP COLUMN name;
