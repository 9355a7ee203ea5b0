CREATE INDEX petitions_petitions_open_of_agency ON petitions_petitions (agency_id) WHERE closed_at IS NULL;
CREATE INDEX petitions_petitions_open_received ON petitions_petitions (receiving_id) WHERE closed_at IS NULL;
