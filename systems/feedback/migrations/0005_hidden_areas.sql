CREATE TABLE feedback_hidden_areas (
    id uuid PRIMARY KEY,
    photo_id uuid NOT NULL,
    from_left bigint NOT NULL,
    from_top bigint NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX feedback_hidden_areas_of_photo ON feedback_hidden_areas (photo_id, id);
