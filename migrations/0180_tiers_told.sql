-- Every process that counts what persons do hears when an account is put into another tier.

-- migrate:up
CREATE FUNCTION ledger.tell_tier() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('rates_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER tell_tier AFTER UPDATE OF tier ON ledger.accounts
    FOR EACH ROW WHEN (OLD.tier IS DISTINCT FROM NEW.tier) EXECUTE FUNCTION ledger.tell_tier();

-- Those are few, and are read together.
CREATE INDEX accounts_tiered ON ledger.accounts (owner) WHERE tier <> 0;

-- migrate:down
DROP INDEX ledger.accounts_tiered;
DROP TRIGGER tell_tier ON ledger.accounts;
DROP FUNCTION ledger.tell_tier;
