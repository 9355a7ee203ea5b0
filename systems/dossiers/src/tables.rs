//! Rows as they are read.

use base::{Error, Id, Result};
use chrono::{DateTime, Utc};
use store::{Row, search};

use crate::behalf::Behalf;
use crate::dossier::{Channel, Dossier, State};
use crate::paper::{Draft, HandedIn, Paper, Supplement};
use crate::slip::{Outcome, PaperFile, Slip, SlipKind, Stage};

pub(crate) const SEARCH: search::Index = search::Index { table: "dossiers_search" };

pub(crate) const DOSSIER: &str = "d.id, d.form_id, d.code, d.procedure_id, d.procedure_code, d.procedure_name, \
    d.applicant_id, d.applicant_name, d.filed_by, d.agency_id, d.receiving_id, d.case_id, d.channel, d.state, \
    d.answers, d.fee, d.supplements, d.submitted_at, d.received_at, d.promised_at, d.finished_at, d.closed_at";

fn id(row: &Row, column: usize) -> Result<Id> {
    Ok(Id::from_uuid(row.get(column)?))
}

fn maybe_id(row: &Row, column: usize) -> Result<Option<Id>> {
    Ok(row.get::<Option<_>>(column)?.map(Id::from_uuid))
}

fn known<T>(found: Option<T>, what: &str) -> Result<T> {
    found.ok_or_else(|| Error::inside(format!("a row with an unknown {what}")))
}

pub(crate) fn dossier(row: &Row) -> Result<Dossier> {
    Ok(Dossier {
        id: id(row, 0)?,
        form_id: id(row, 1)?,
        code: row.get(2)?,
        procedure: id(row, 3)?,
        procedure_code: row.get(4)?,
        procedure_name: row.get(5)?,
        applicant: id(row, 6)?,
        applicant_name: row.get(7)?,
        filed_by: maybe_id(row, 8)?,
        agency: id(row, 9)?,
        receiving: id(row, 10)?,
        case: id(row, 11)?,
        channel: known(Channel::parse(&row.get::<String>(12)?), "channel")?,
        state: known(State::from_code(row.get(13)?), "state")?,
        answers: serde_json::from_str(&row.get::<String>(14)?)?,
        fee: row.get(15)?,
        supplements: row.get(16)?,
        submitted_at: row.get(17)?,
        received_at: row.get(18)?,
        promised_at: row.get(19)?,
        finished_at: row.get(20)?,
        closed_at: row.get(21)?,
    })
}

pub(crate) const DRAFT: &str = "id, owner_id, applicant_id, procedure_code, procedure_name, agency_id, answers, papers, saved_at, reused, bundle_id, \
    behalf, principal";

pub(crate) fn draft(row: &Row) -> Result<Draft> {
    Ok(Draft {
        id: id(row, 0)?,
        owner: id(row, 1)?,
        applicant: id(row, 2)?,
        procedure_code: row.get(3)?,
        procedure_name: row.get(4)?,
        agency: maybe_id(row, 5)?,
        answers: serde_json::from_str(&row.get::<String>(6)?)?,
        papers: serde_json::from_str(&row.get::<String>(7)?)?,
        saved_at: row.get(8)?,
        reused: serde_json::from_str(&row.get::<String>(9)?)?,
        bundle: maybe_id(row, 10)?,
        behalf: row.get::<Option<String>>(11)?.as_deref().and_then(Behalf::parse),
        principal: row.get::<Option<String>>(12)?.map(|text| serde_json::from_str(&text)).transpose()?,
    })
}

pub(crate) const PAPER: &str = "id, component, file_hash, name, size, mime, added_at, replaced_at, reused_from";

pub(crate) fn paper(row: &Row) -> Result<Paper> {
    let component: String = row.get(1)?;
    Ok(Paper {
        id: id(row, 0)?,
        component: component.clone(),
        file: HandedIn { component, hash: row.get(2)?, name: row.get(3)?, size: row.get(4)?, mime: row.get(5)? },
        added_at: row.get(6)?,
        replaced_at: row.get(7)?,
        reused_from: maybe_id(row, 8)?,
    })
}

pub(crate) const SUPPLEMENT: &str = "id, case_id, asked_at, reason, marks, answered_at";

pub(crate) fn supplement(row: &Row) -> Result<Supplement> {
    Ok(Supplement {
        id: id(row, 0)?,
        case: id(row, 1)?,
        asked_at: row.get(2)?,
        reason: row.get(3)?,
        marks: serde_json::from_str(&row.get::<String>(4)?)?,
        answered_at: row.get(5)?,
    })
}

pub(crate) const SLIP: &str = "id, dossier_id, kind, data, promised_at, made_at, file_hash, next_at";

pub(crate) fn slip(row: &Row) -> Result<Slip> {
    let own = id(row, 0)?;
    let idle = row.get::<Option<DateTime<Utc>>>(7)?.is_none();
    Ok(Slip {
        id: own,
        dossier: id(row, 1)?,
        kind: known(SlipKind::parse(&row.get::<String>(2)?), "slip")?,
        data: serde_json::from_str(&row.get::<String>(3)?)?,
        promised_at: row.get(4)?,
        made_at: row.get(5)?,
        file: row.get::<Option<_>>(6)?.map(PaperFile::Kept).or(idle.then_some(PaperFile::SlipOnDemand(own))),
    })
}

pub(crate) const OUTCOME: &str = "id, dossier_id, case_id, agency_id, name, series, number_pattern, data, stage, number, \
    numbered_on, signer_person, signed_at, numbered_at, file_hash, failed, places, next_at";

pub(crate) fn outcome(row: &Row) -> Result<Outcome> {
    let own = id(row, 0)?;
    let stage = known(Stage::parse(&row.get::<String>(8)?), "stage")?;
    let idle = row.get::<Option<DateTime<Utc>>>(17)?.is_none() && stage != Stage::Void;
    Ok(Outcome {
        id: own,
        dossier: id(row, 1)?,
        case: id(row, 2)?,
        agency: id(row, 3)?,
        name: row.get(4)?,
        series: row.get(5)?,
        number_pattern: row.get(6)?,
        data: serde_json::from_str(&row.get::<String>(7)?)?,
        stage,
        number: row.get(9)?,
        numbered_on: row.get(10)?,
        signer: maybe_id(row, 11)?,
        signed_at: row.get(12)?,
        numbered_at: row.get(13)?,
        file: row.get::<Option<_>>(14)?.map(PaperFile::Kept).or(idle.then_some(PaperFile::ResultOnDemand(own))),
        failed: row.get(15)?,
        places: serde_json::from_str(&row.get::<String>(16)?)?,
    })
}
