CREATE TABLE directory_organisations (
    id uuid PRIMARY KEY,
    tax_code text NOT NULL UNIQUE,
    name text NOT NULL,
    address text NOT NULL
);
CREATE TABLE directory_representations (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES directory_organisations,
    person_id uuid NOT NULL REFERENCES directory_persons,
    named_by uuid REFERENCES directory_persons,
    valid_from date NOT NULL,
    valid_to date,
    ended_at timestamptz
);
CREATE INDEX directory_representations_of_person ON directory_representations (person_id, id);
CREATE INDEX directory_representations_of_organisation ON directory_representations (organisation_id, id);
