CREATE TABLE worktime_clocks (
    owner_kind text NOT NULL,
    owner_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    budget text NOT NULL,
    counting text NOT NULL,
    cut_off text,
    received_at timestamptz NOT NULL,
    ended_at timestamptz,
    due_at timestamptz,
    PRIMARY KEY (owner_kind, owner_id)
);
CREATE INDEX worktime_clocks_running ON worktime_clocks (due_at) WHERE ended_at IS NULL AND due_at IS NOT NULL;
CREATE TABLE worktime_pauses (
    owner_kind text NOT NULL,
    owner_id uuid NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz,
    reason text NOT NULL,
    PRIMARY KEY (owner_kind, owner_id, from_at)
);
CREATE TABLE worktime_rungs (
    owner_kind text NOT NULL,
    owner_id uuid NOT NULL,
    rung text NOT NULL,
    due_at timestamptz NOT NULL,
    fired_at timestamptz NOT NULL,
    PRIMARY KEY (owner_kind, owner_id, rung, due_at)
);
