-- The newest in one state are found without reading what an agency has in others.
ALTER TABLE feedback_agencies ADD COLUMN state text NOT NULL DEFAULT 'new';
UPDATE feedback_agencies SET state = (SELECT r.state FROM feedback_reports r WHERE r.id = feedback_agencies.report_id);
CREATE INDEX feedback_agencies_of_report ON feedback_agencies (report_id);
CREATE INDEX feedback_agencies_by_state ON feedback_agencies (agency_id, state, report_id);
CREATE INDEX feedback_reports_public_state ON feedback_reports (state, id) WHERE public_at IS NOT NULL;
CREATE INDEX feedback_reports_public_commune_state ON feedback_reports (commune_id, state, id) WHERE public_at IS NOT NULL;
CREATE INDEX feedback_reports_public_filed ON feedback_reports (filed_at, id) WHERE public_at IS NOT NULL;
-- Few reports are open, however many there are: what is near is asked of them alone.
CREATE INDEX feedback_reports_open_place ON feedback_reports (kind, place_key)
    WHERE place_key IS NOT NULL AND state NOT IN ('closed', 'refused');
