CREATE TABLE feedback_videos (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL UNIQUE,
    hash text NOT NULL,
    mime text NOT NULL,
    added_at timestamptz NOT NULL
);
