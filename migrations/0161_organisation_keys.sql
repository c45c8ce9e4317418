-- API keys that belong to an organisation; `person` is the member who made one.

-- migrate:up
ALTER TABLE accounts.api_keys ADD COLUMN organisation uuid REFERENCES accounts.organisations;
CREATE INDEX api_keys_organisation ON accounts.api_keys (organisation, person) WHERE organisation IS NOT NULL;

-- migrate:down
ALTER TABLE accounts.api_keys DROP COLUMN organisation;
