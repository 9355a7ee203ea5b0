-- Of what was counted before, nobody noted it: `tinhso count-again` finds what is known of it.
ALTER TABLE performance_facts ADD COLUMN identified boolean NOT NULL DEFAULT FALSE;
ALTER TABLE performance_facts ADD COLUMN known_nationally boolean NOT NULL DEFAULT FALSE;
ALTER TABLE performance_facts ADD COLUMN disliked boolean NOT NULL DEFAULT FALSE;
ALTER TABLE performance_cells ADD COLUMN identified bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_cells ADD COLUMN known_nationally bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_cells ADD COLUMN disliked bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_agency_months ADD COLUMN identified bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_agency_months ADD COLUMN known_nationally bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_agency_months ADD COLUMN disliked bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_procedure_months ADD COLUMN identified bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_procedure_months ADD COLUMN known_nationally bigint NOT NULL DEFAULT 0;
ALTER TABLE performance_procedure_months ADD COLUMN disliked bigint NOT NULL DEFAULT 0;
