ALTER TABLE feedback_reports ADD COLUMN joined_id uuid;
ALTER TABLE feedback_reports ADD COLUMN joined_at timestamptz;
ALTER TABLE feedback_reports ADD COLUMN joins bigint NOT NULL DEFAULT 0;
ALTER TABLE feedback_reports ADD COLUMN to_tell text;
CREATE INDEX feedback_reports_joined ON feedback_reports (joined_id, id) WHERE joined_id IS NOT NULL;
CREATE INDEX feedback_reports_to_tell ON feedback_reports (id) WHERE to_tell IS NOT NULL;
CREATE INDEX feedback_reports_to_join ON feedback_reports (receiving_id, kind, id) WHERE state IN ('new', 'returned', 'assigned');
ALTER TABLE feedback_supports ADD COLUMN joined boolean NOT NULL DEFAULT FALSE;
