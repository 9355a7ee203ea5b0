//! The public petitions for other programs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Result};
use directory::queries::Names;
use system::App;
use web::Answer;

use crate::petition::Petition;
use crate::queries::{self, Filter};

/// Rows of the table at most, the newest first.
const IN_TABLE: usize = 50_000;
const SLICE: usize = 1000;

const HEAD: [&str; 11] = [
    "code",
    "meeting",
    "field",
    "state",
    "result",
    "places",
    "agency",
    "filed_at",
    "promised_at",
    "answered_at",
    "words",
];

pub(super) async fn csv(State(app): State<App>) -> Answer {
    let table = table(&app).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"kien-nghi-cu-tri.csv\"")),
    ];
    Ok((headers, table).into_response())
}

async fn table(app: &App) -> Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD)?;
    let (mut names, mut before, mut rows) = (Names::default(), None, 0);
    let mut meetings = HashMap::new();
    while rows < IN_TABLE {
        let filter = Filter::default();
        let slice = queries::public_list(app.store.read(), app.store.kind(), &filter, before, SLICE).await?;
        for petition in &slice.rows {
            let meeting = match meetings.entry(petition.meeting) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let found = queries::meeting(app.store.read(), petition.meeting).await?;
                    unknown.insert(found.map(|meeting| meeting.title).unwrap_or_default())
                }
            };
            table.write_record(record(petition, meeting, &names.of(app.store.read(), petition.agency).await?))?;
        }
        rows += slice.rows.len();
        before = slice.rows.last().map(|petition| petition.id);
        if slice.next.is_none() {
            break;
        }
    }
    table.into_inner().map_err(|error| Error::inside(error.error()))
}

fn record(petition: &Petition, meeting: &str, agency: &str) -> [String; 11] {
    let at = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| base::local(at).to_rfc3339()).unwrap_or_default();
    [
        petition.code.clone(),
        typed(meeting),
        petition.field.clone(),
        petition.state.as_str().to_owned(),
        petition.result.clone().unwrap_or_default(),
        petition.places.to_string(),
        agency.to_owned(),
        at(Some(petition.filed_at)),
        at(petition.promised_at),
        at(petition.answered_at),
        typed(petition.public_words.as_deref().unwrap_or_default()),
    ]
}

/// What people typed, such that no spreadsheet takes it for a formula (OWASP, CSV Injection).
fn typed(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(typed("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(typed("Đề nghị sửa đường"), "Đề nghị sửa đường");
    }
}
