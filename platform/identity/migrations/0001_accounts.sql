CREATE TABLE identity_accounts (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    person_id uuid,
    agency_id uuid,
    name text NOT NULL,
    handle text NOT NULL,
    password text,
    must_change boolean NOT NULL,
    assurance bigint NOT NULL,
    totp_secret bytea,
    totp_step bigint NOT NULL,
    blocked_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX identity_accounts_person ON identity_accounts (person_id);
CREATE INDEX identity_accounts_agency ON identity_accounts (agency_id, id);
CREATE TABLE identity_logins (
    login text PRIMARY KEY,
    account_id uuid NOT NULL
);
CREATE INDEX identity_logins_account ON identity_logins (account_id);
CREATE TABLE identity_sessions (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    token text NOT NULL UNIQUE,
    awaits text,
    holding_id uuid,
    position_id uuid,
    agency_id uuid,
    position_kind text,
    device text NOT NULL,
    address text NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    second_factor_at timestamptz,
    ends_at timestamptz NOT NULL,
    must_end_at timestamptz NOT NULL,
    totp_new bytea
);
CREATE INDEX identity_sessions_account ON identity_sessions (account_id, id);
CREATE INDEX identity_sessions_ends ON identity_sessions (ends_at);
CREATE TABLE identity_attempts (
    subject text PRIMARY KEY,
    failures bigint NOT NULL,
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX identity_attempts_last ON identity_attempts (last_at);
CREATE TABLE identity_grants (
    id uuid PRIMARY KEY,
    position_id uuid,
    agency_id uuid,
    position_kind text,
    permission text NOT NULL,
    granted boolean NOT NULL,
    from_on date NOT NULL,
    to_on date
);
CREATE INDEX identity_grants_position ON identity_grants (position_id);
CREATE INDEX identity_grants_agency ON identity_grants (agency_id, position_kind);
CREATE TABLE identity_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    token text NOT NULL UNIQUE,
    name text NOT NULL,
    holding_id uuid,
    position_id uuid,
    agency_id uuid,
    position_kind text,
    scopes text NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    ends_at timestamptz NOT NULL
);
CREATE INDEX identity_tokens_account ON identity_tokens (account_id, id);
CREATE TABLE identity_codes (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    tries bigint NOT NULL,
    ends_at timestamptz NOT NULL,
    number text NOT NULL,
    name text NOT NULL,
    birth_date date NOT NULL,
    phone text,
    email text,
    password text NOT NULL
);
CREATE INDEX identity_codes_ends ON identity_codes (ends_at);
CREATE TABLE identity_representations (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    tax_code text NOT NULL,
    name text NOT NULL,
    from_on date NOT NULL,
    to_on date
);
CREATE INDEX identity_representations_person ON identity_representations (person_id);
