CREATE INDEX dossiers_results_of_case ON dossiers_results (case_id, id);
