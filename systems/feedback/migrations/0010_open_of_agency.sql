CREATE INDEX feedback_reports_open_of_agency ON feedback_reports (agency_id) WHERE closed_at IS NULL;
CREATE INDEX feedback_reports_open_received ON feedback_reports (receiving_id) WHERE closed_at IS NULL;
