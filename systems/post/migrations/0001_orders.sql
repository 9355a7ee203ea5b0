CREATE TABLE post_orders (
    id uuid PRIMARY KEY,
    form_id uuid NOT NULL,
    code text NOT NULL UNIQUE,
    leg text NOT NULL,
    dossier_id uuid NOT NULL,
    dossier_code text NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    filed_by uuid,
    state text NOT NULL,
    service text NOT NULL,
    weight bigint NOT NULL,
    cod bigint,
    tracking text,
    name text NOT NULL,
    phone text NOT NULL,
    address text NOT NULL,
    commune text NOT NULL,
    note text NOT NULL,
    wanted_at timestamptz NOT NULL,
    created_at timestamptz,
    ended_at timestamptz,
    cancel_asked_at timestamptz,
    ask_at timestamptz,
    UNIQUE (form_id, leg)
);
CREATE UNIQUE INDEX post_orders_one_under_way ON post_orders (dossier_id, leg) WHERE state NOT IN ('cancelled', 'returned');
CREATE INDEX post_orders_of_dossier ON post_orders (dossier_id, id);
CREATE INDEX post_orders_of_agency ON post_orders (agency_id, state, id);
CREATE INDEX post_orders_of_day ON post_orders (agency_id, created_at);
CREATE INDEX post_orders_by_state ON post_orders (state, id);
CREATE INDEX post_orders_to_ask ON post_orders (ask_at) WHERE ask_at IS NOT NULL;
CREATE TABLE post_words (
    id uuid PRIMARY KEY,
    event text NOT NULL UNIQUE,
    order_id uuid,
    order_code text NOT NULL,
    status text NOT NULL,
    tracking text NOT NULL,
    station text NOT NULL,
    at timestamptz NOT NULL,
    heard_at timestamptz NOT NULL,
    verdict text NOT NULL
);
CREATE INDEX post_words_of_order ON post_words (order_id, at, id);
