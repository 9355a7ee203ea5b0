ALTER TABLE dossiers_results RENAME COLUMN template TO series;
