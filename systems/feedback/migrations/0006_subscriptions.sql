CREATE TABLE feedback_subscriptions (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    kind text,
    commune_id uuid,
    since timestamptz NOT NULL,
    told_at timestamptz NOT NULL
);
CREATE INDEX feedback_subscriptions_of_person ON feedback_subscriptions (person_id, id);
CREATE INDEX feedback_subscriptions_to_tell ON feedback_subscriptions (told_at, person_id);
CREATE INDEX feedback_reports_public_at ON feedback_reports (public_at) WHERE public_at IS NOT NULL;
