CREATE TABLE notify_messages (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    text text NOT NULL,
    parameters text NOT NULL,
    link text NOT NULL,
    about_kind text NOT NULL,
    about_id uuid NOT NULL,
    at timestamptz NOT NULL,
    read_at timestamptz
);
CREATE INDEX notify_messages_person ON notify_messages (person_id, id);
CREATE INDEX notify_messages_unread ON notify_messages (person_id) WHERE read_at IS NULL;
