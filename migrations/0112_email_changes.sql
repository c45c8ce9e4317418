-- E-mails that persons have asked to change to, until a link that was sent there is followed.

-- migrate:up
CREATE TABLE accounts.email_changes (
    person uuid PRIMARY KEY REFERENCES accounts.persons,
    email text NOT NULL,
    -- The hash of their password as it begins for that e-mail, and which of their passwords it is.
    password_hash text NOT NULL,
    password_number integer NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts.email_changes TO cse_accounts;

-- migrate:down
DROP TABLE accounts.email_changes;
