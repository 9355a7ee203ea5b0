CREATE TABLE procedures_versions (
    id uuid PRIMARY KEY,
    publication bigint NOT NULL UNIQUE,
    code text NOT NULL,
    name text NOT NULL,
    hash text NOT NULL UNIQUE,
    from_day date NOT NULL,
    to_day date,
    package text NOT NULL,
    process_id uuid NOT NULL,
    published_at timestamptz NOT NULL
);
CREATE INDEX procedures_versions_code ON procedures_versions (code, from_day);
