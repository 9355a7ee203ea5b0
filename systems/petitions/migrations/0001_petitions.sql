CREATE TABLE petitions_meetings (
    id uuid PRIMARY KEY,
    body text NOT NULL,
    place_id uuid,
    term text NOT NULL,
    number bigint NOT NULL,
    title text NOT NULL,
    opens_on date NOT NULL,
    closes_on date,
    added_at timestamptz NOT NULL
);
CREATE TABLE petitions_petitions (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    meeting_id uuid NOT NULL,
    field text NOT NULL,
    words text NOT NULL,
    public_words text,
    state text NOT NULL,
    result text,
    entered_id uuid NOT NULL,
    entered_by uuid,
    receiving_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    proposed_id uuid,
    case_id uuid NOT NULL,
    filed_at timestamptz NOT NULL,
    public_at timestamptz,
    promised_at timestamptz,
    answered_at timestamptz,
    closed_at timestamptz,
    places bigint NOT NULL,
    rounds bigint NOT NULL,
    joined_id uuid,
    forwarded_to text
);
CREATE INDEX petitions_petitions_public ON petitions_petitions (id) WHERE public_at IS NOT NULL;
CREATE INDEX petitions_petitions_public_field ON petitions_petitions (field, id) WHERE public_at IS NOT NULL;
CREATE INDEX petitions_petitions_of_meeting ON petitions_petitions (meeting_id, id);
CREATE INDEX petitions_petitions_joined ON petitions_petitions (joined_id) WHERE joined_id IS NOT NULL;
CREATE TABLE petitions_collected (
    id uuid PRIMARY KEY,
    petition_id uuid NOT NULL,
    own_id uuid NOT NULL,
    meeting_id uuid NOT NULL,
    sitting text NOT NULL,
    place_id uuid NOT NULL,
    voter text NOT NULL,
    words text NOT NULL,
    collected_on date,
    import_id uuid,
    source_row bigint,
    added_at timestamptz NOT NULL
);
CREATE INDEX petitions_collected_of_petition ON petitions_collected (petition_id, id);
CREATE INDEX petitions_collected_of_place ON petitions_collected (place_id, petition_id);
CREATE TABLE petitions_imports (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL,
    sitting text NOT NULL,
    agency_id uuid NOT NULL,
    file_hash text NOT NULL,
    file_name text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    entered bigint NOT NULL
);
CREATE INDEX petitions_imports_of_file ON petitions_imports (file_hash) WHERE confirmed_at IS NOT NULL;
CREATE TABLE petitions_answers (
    id uuid PRIMARY KEY,
    petition_id uuid NOT NULL,
    result text NOT NULL,
    words text NOT NULL,
    reason text NOT NULL,
    agency_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    approved_at timestamptz,
    sent_back_at timestamptz
);
CREATE INDEX petitions_answers_of_petition ON petitions_answers (petition_id, id);
CREATE TABLE petitions_road_steps (
    answer_id uuid NOT NULL,
    number bigint NOT NULL,
    petition_id uuid NOT NULL,
    words text NOT NULL,
    due_on date NOT NULL,
    done_on date,
    watched boolean NOT NULL,
    told_at timestamptz,
    PRIMARY KEY (answer_id, number)
);
CREATE INDEX petitions_road_steps_passed ON petitions_road_steps (due_on)
    WHERE watched AND done_on IS NULL AND told_at IS NULL;
CREATE TABLE petitions_remarks (
    id uuid PRIMARY KEY,
    petition_id uuid NOT NULL,
    kind text NOT NULL,
    meeting_id uuid,
    words text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX petitions_remarks_of_petition ON petitions_remarks (petition_id, id);
CREATE TABLE petitions_agencies (
    agency_id uuid NOT NULL,
    petition_id uuid NOT NULL,
    PRIMARY KEY (agency_id, petition_id)
);
