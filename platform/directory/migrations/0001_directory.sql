CREATE TABLE directory_agencies (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    code102 text UNIQUE,
    name text NOT NULL,
    notation text NOT NULL,
    kind text NOT NULL,
    tier text NOT NULL,
    parent uuid REFERENCES directory_agencies DEFERRABLE INITIALLY DEFERRED,
    gso text,
    calendar text,
    basis text NOT NULL,
    valid_from date NOT NULL,
    valid_to date
);
CREATE INDEX directory_agencies_kind ON directory_agencies (kind, id);
CREATE INDEX directory_agencies_tier ON directory_agencies (tier, id);
CREATE INDEX directory_agencies_parent ON directory_agencies (parent, id);
CREATE TABLE directory_successions (
    predecessor uuid NOT NULL REFERENCES directory_agencies,
    successor uuid NOT NULL REFERENCES directory_agencies,
    share text NOT NULL,
    PRIMARY KEY (predecessor, successor)
);
CREATE INDEX directory_successions_successor ON directory_successions (successor);
CREATE UNIQUE INDEX directory_successions_main ON directory_successions (predecessor) WHERE share = 'main';
CREATE TABLE directory_scopes (
    ancestor uuid NOT NULL REFERENCES directory_agencies,
    descendant uuid NOT NULL REFERENCES directory_agencies,
    depth bigint NOT NULL,
    PRIMARY KEY (ancestor, descendant)
);
CREATE INDEX directory_scopes_descendant ON directory_scopes (descendant, depth);
CREATE TABLE directory_units (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES directory_agencies,
    code text NOT NULL,
    name text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    UNIQUE (agency_id, code, valid_from)
);
CREATE TABLE directory_positions (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL REFERENCES directory_agencies,
    unit text,
    kind text NOT NULL,
    title text NOT NULL,
    seats bigint NOT NULL,
    valid_from date NOT NULL,
    valid_to date
);
CREATE INDEX directory_positions_agency ON directory_positions (agency_id, id);
CREATE TABLE directory_persons (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    birth_date date,
    sex text,
    personal_number text UNIQUE,
    phone text,
    email text,
    address text
);
CREATE TABLE directory_holdings (
    id uuid PRIMARY KEY,
    position_id uuid NOT NULL REFERENCES directory_positions,
    person_id uuid NOT NULL REFERENCES directory_persons,
    acting_for uuid REFERENCES directory_persons,
    valid_from date NOT NULL,
    valid_to date,
    UNIQUE (position_id, person_id, valid_from)
);
CREATE INDEX directory_holdings_person ON directory_holdings (person_id, id);
