CREATE TABLE worktime_calendar (
    fingerprint text NOT NULL
);
