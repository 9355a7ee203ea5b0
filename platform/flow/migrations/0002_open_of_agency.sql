CREATE INDEX flow_cases_open_of_agency ON flow_cases (agency_id) WHERE closed_at IS NULL;
CREATE INDEX flow_cases_open_received ON flow_cases (receiving_id) WHERE closed_at IS NULL;
