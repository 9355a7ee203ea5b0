-- What whole years and the whole province are read from: the same sums, told apart by less.
CREATE TABLE performance_agency_months (
    month date NOT NULL,
    agency_id uuid NOT NULL,
    received bigint NOT NULL,
    online bigint NOT NULL,
    online_complete bigint NOT NULL,
    fee_due bigint NOT NULL,
    paid_online bigint NOT NULL,
    result_due bigint NOT NULL,
    electronic bigint NOT NULL,
    digitised bigint NOT NULL,
    reused bigint NOT NULL,
    finished_late bigint NOT NULL,
    resolved bigint NOT NULL,
    minutes bigint NOT NULL,
    closed bigint NOT NULL,
    closed_early bigint NOT NULL,
    closed_on_time bigint NOT NULL,
    closed_late bigint NOT NULL,
    PRIMARY KEY (month, agency_id)
);
CREATE INDEX performance_agency_months_of_agency ON performance_agency_months (agency_id, month);
CREATE TABLE performance_procedure_months (
    month date NOT NULL,
    procedure_code text NOT NULL,
    field text NOT NULL,
    received bigint NOT NULL,
    online bigint NOT NULL,
    online_complete bigint NOT NULL,
    fee_due bigint NOT NULL,
    paid_online bigint NOT NULL,
    result_due bigint NOT NULL,
    electronic bigint NOT NULL,
    digitised bigint NOT NULL,
    reused bigint NOT NULL,
    finished_late bigint NOT NULL,
    resolved bigint NOT NULL,
    minutes bigint NOT NULL,
    closed bigint NOT NULL,
    closed_early bigint NOT NULL,
    closed_on_time bigint NOT NULL,
    closed_late bigint NOT NULL,
    PRIMARY KEY (month, procedure_code, field)
);
INSERT INTO performance_agency_months
SELECT month, agency_id,
    CAST(sum(received) AS bigint), CAST(sum(online) AS bigint), CAST(sum(online_complete) AS bigint),
    CAST(sum(fee_due) AS bigint), CAST(sum(paid_online) AS bigint), CAST(sum(result_due) AS bigint),
    CAST(sum(electronic) AS bigint), CAST(sum(digitised) AS bigint), CAST(sum(reused) AS bigint),
    CAST(sum(finished_late) AS bigint), CAST(sum(resolved) AS bigint), CAST(sum(minutes) AS bigint),
    CAST(sum(closed) AS bigint), CAST(sum(closed_early) AS bigint), CAST(sum(closed_on_time) AS bigint),
    CAST(sum(closed_late) AS bigint)
FROM performance_cells GROUP BY month, agency_id;
INSERT INTO performance_procedure_months
SELECT month, procedure_code, field,
    CAST(sum(received) AS bigint), CAST(sum(online) AS bigint), CAST(sum(online_complete) AS bigint),
    CAST(sum(fee_due) AS bigint), CAST(sum(paid_online) AS bigint), CAST(sum(result_due) AS bigint),
    CAST(sum(electronic) AS bigint), CAST(sum(digitised) AS bigint), CAST(sum(reused) AS bigint),
    CAST(sum(finished_late) AS bigint), CAST(sum(resolved) AS bigint), CAST(sum(minutes) AS bigint),
    CAST(sum(closed) AS bigint), CAST(sum(closed_early) AS bigint), CAST(sum(closed_on_time) AS bigint),
    CAST(sum(closed_late) AS bigint)
FROM performance_cells GROUP BY month, procedure_code, field;
