-- Absent of what was sent in before anybody noted it.
ALTER TABLE dossiers ADD COLUMN identified boolean;
ALTER TABLE dossiers ADD COLUMN satisfied boolean;
ALTER TABLE dossiers ADD COLUMN rated_at timestamptz;
