-- How much people who are not signed in have sent in the running hour, by a digest of where they send from.
CREATE TABLE identity_sendings (
    sender text NOT NULL,
    hour bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (sender, hour)
);
