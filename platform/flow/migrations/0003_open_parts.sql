CREATE INDEX flow_cases_open_parts ON flow_cases (id) WHERE closed_at IS NULL AND parent_step IS NOT NULL;
