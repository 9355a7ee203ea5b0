CREATE INDEX complaints_letters_open_of_agency ON complaints_letters (agency_id) WHERE closed_at IS NULL;
CREATE INDEX complaints_letters_open_received ON complaints_letters (receiving_id) WHERE closed_at IS NULL;
