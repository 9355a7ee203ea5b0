CREATE INDEX dossiers_open_of_procedure ON dossiers (procedure_code, id) WHERE closed_at IS NULL;
