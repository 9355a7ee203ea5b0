-- The dossiers behind a figure are looked for month by month, newest first in each.
CREATE INDEX performance_facts_ended_of_agency ON performance_facts (agency_id, end_month, id);
CREATE INDEX performance_facts_of_procedure ON performance_facts (procedure_code, month, id);
CREATE INDEX performance_facts_by_outcome ON performance_facts (outcome, end_month, id) WHERE outcome IS NOT NULL;
-- Open at the end of a month: those that nothing has ended, and those that ended in a later one.
CREATE INDEX performance_facts_open ON performance_facts (month, id) WHERE end_month IS NULL AND month IS NOT NULL;
CREATE INDEX performance_facts_ended_later ON performance_facts (end_month, month, id) WHERE end_month > month;
-- What few dossiers have, while few have it.
CREATE INDEX performance_facts_paid_online ON performance_facts (month, id) WHERE fee > 0 AND paid_online = TRUE;
CREATE INDEX performance_facts_reused ON performance_facts (month, id) WHERE reused > 0;
CREATE INDEX performance_facts_digitised ON performance_facts (month, id) WHERE electronic = TRUE AND digitised = components;
-- Those by outcome stand in its place.
DROP INDEX performance_facts_ended_late;
