-- As results have it: when the paper is to be made. Absent once it is made, and while it waits for somebody to open it.
ALTER TABLE dossiers_slips ADD COLUMN next_at timestamptz;
UPDATE dossiers_slips SET next_at = made_at WHERE file_hash IS NULL AND failed IS NULL;
DROP INDEX dossiers_slips_to_print;
CREATE INDEX dossiers_slips_to_make ON dossiers_slips (next_at) WHERE next_at IS NOT NULL;
