-- What stands at the head of every mail to a person, and when what opens their account last changed.

-- migrate:up
ALTER TABLE accounts.persons
    -- Sealed with a key that is not in this database, and for this row alone: who reads the database could
    -- write mails that look like ours.
    ADD COLUMN mail_phrase bytea,
    -- Password, e-mail, authenticator, passkeys, recovery codes; NULL while they are as at the sign-up.
    ADD COLUMN credentials_changed_at timestamptz;

-- migrate:down
ALTER TABLE accounts.persons DROP COLUMN mail_phrase, DROP COLUMN credentials_changed_at;
