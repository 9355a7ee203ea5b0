CREATE INDEX dossiers_open_of_agency ON dossiers (agency_id) WHERE closed_at IS NULL;
CREATE INDEX dossiers_open_received ON dossiers (receiving_id) WHERE closed_at IS NULL;
CREATE INDEX dossiers_results_unsigned ON dossiers_results (agency_id) WHERE signed_at IS NULL AND voided_at IS NULL;
