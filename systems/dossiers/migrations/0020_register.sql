-- The register of a desk: what it took in, in the order of the moment.
CREATE INDEX dossiers_register ON dossiers (receiving_id, received_at, id) WHERE received_at IS NOT NULL;
