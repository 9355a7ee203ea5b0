CREATE TABLE directory_plans (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    on_day date NOT NULL,
    basis text NOT NULL,
    added_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    UNIQUE (on_day, title)
);
CREATE TABLE directory_plan_lines (
    plan_id uuid NOT NULL REFERENCES directory_plans,
    agency_id uuid NOT NULL REFERENCES directory_agencies,
    heir_id uuid REFERENCES directory_agencies,
    decided text NOT NULL,
    verified boolean NOT NULL,
    note text NOT NULL,
    done_at timestamptz,
    PRIMARY KEY (plan_id, agency_id)
);
