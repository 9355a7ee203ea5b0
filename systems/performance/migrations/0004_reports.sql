CREATE TABLE performance_reports (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    agency_id uuid NOT NULL,
    filed_at timestamptz NOT NULL,
    refused_at timestamptz,
    answered_at timestamptz,
    late_at timestamptz,
    month date NOT NULL
);
-- What a month comes to is read from the index alone.
CREATE INDEX performance_reports_of_month ON performance_reports (month, late_at);
CREATE INDEX performance_reports_of_agency ON performance_reports (agency_id, month, id);
