ALTER TABLE dossiers_results RENAME COLUMN notation TO number_pattern;
UPDATE dossiers_results SET number_pattern = '{number}' || number_pattern;
