-- When a desk answered what was filed online, and how many working minutes that took; known from now on.
ALTER TABLE dossiers ADD COLUMN answered_at timestamptz;
ALTER TABLE dossiers ADD COLUMN answer_minutes bigint;
CREATE INDEX dossiers_answered ON dossiers (receiving_id, answered_at, id, answer_minutes) WHERE answered_at IS NOT NULL;
