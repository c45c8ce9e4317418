-- How fast persons, keys and addresses may ask, by the tier of an account, as operators set it.

-- migrate:up
-- Tier 0 stands for all that have no rate of their own. The bounds are those of `cse.domain.rates`: whoever
-- writes here, nobody is locked out, and no more orders come than the core remembers the ids of.
CREATE TABLE accounts.rates (
    tier smallint NOT NULL CHECK (tier BETWEEN 0 AND 9),
    rate text NOT NULL,
    at_once integer NOT NULL,
    per_second integer NOT NULL,
    PRIMARY KEY (tier, rate),
    CONSTRAINT rates_bounds CHECK (
        CASE rate
            WHEN 'orders' THEN at_once BETWEEN 500 AND 50000 AND per_second BETWEEN 5 AND 66
            WHEN 'cancels' THEN at_once BETWEEN 2000 AND 1000000 AND per_second BETWEEN 20 AND 10000
            WHEN 'requests' THEN at_once BETWEEN 1000 AND 1000000 AND per_second BETWEEN 20 AND 10000
            WHEN 'key_requests' THEN at_once BETWEEN 1000 AND 1000000 AND per_second BETWEEN 20 AND 10000
            -- Nobody who is known: of no tier.
            WHEN 'address_requests' THEN tier = 0
                AND at_once BETWEEN 1000 AND 1000000 AND per_second BETWEEN 20 AND 10000
            ELSE false
        END)
);

INSERT INTO accounts.rates (tier, rate, at_once, per_second) VALUES
    (0, 'orders', 50000, 66),
    (0, 'cancels', 100000, 132),
    (0, 'requests', 60000, 600),
    (0, 'key_requests', 40000, 400),
    (0, 'address_requests', 12000, 200);

GRANT SELECT, INSERT, UPDATE (at_once, per_second), DELETE ON accounts.rates TO cse_accounts;

-- migrate:down
DROP TABLE accounts.rates;
