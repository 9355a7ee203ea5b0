//! The drafts under way, and a procedure begun from nothing.

use askama::Template;
use axum::extract::State;
use base::Error;
use province::Tree;
use serde::{Deserialize, Serialize};
use system::App;
use web::{Answer, Choice, Errors, Flash, Form, Query, Sent, Visitor, address, filters, redirect_with};

use super::LIST;
use crate::access::EDIT;
use crate::actions::drafts as actions;
use crate::draft::Draft;
use crate::edit;
use crate::package::shared_processes;
use crate::queries::drafts;

const SIZE: usize = 50;
const HERE: &str = "/quan-tri/thu-tuc-soan";

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// The last code seen.
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "procedures/drafts.html")]
struct Page {
    may_edit: bool,
    rows: Vec<Draft>,
    next: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let open = drafts::open(app.store.read(), &wanted.after, SIZE).await?;
    let next = match open.next {
        Some(after) => address(HERE, &Wanted { after })?,
        None => String::new(),
    };
    let page = Page { may_edit: visitor.caller.officer()?.may(EDIT), rows: open.rows, next };
    visitor.page(&visitor.text("procedures-drafts"), &page)
}

#[derive(Template)]
#[template(path = "procedures/draft_new.html")]
struct NewPage<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    errors: &'a Errors,
    processes: Vec<Choice>,
}

pub(super) async fn begin_page(visitor: Visitor) -> Answer {
    new_page(&visitor, &Sent::default())
}

fn new_page(visitor: &Visitor, sent: &Sent) -> Answer {
    let processes = shared_processes().into_iter().map(|(value, text)| Choice { value, text }).collect();
    let page = NewPage { csrf: visitor.csrf(), sent, errors: &sent.errors, processes };
    visitor.form(&visitor.text("procedures-draft-new"), &sent.errors, &page)
}

pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let code = sent.value("code").trim().to_owned();
    let begun = async {
        let known = drafts::last(app.store.read(), &code).await?;
        if known.is_some() || crate::Catalogue::of(&app)?.shelf(visitor.now).line(&code).is_some() {
            return Err(Error::invalid("code", "procedures-draft-code-known"));
        }
        let files: Tree = edit::blank(&code, sent.value("name"), sent.value("process"), visitor.now.today())?;
        actions::save(&app, visitor.now, &visitor.caller, &code, 0, &files).await
    };
    match begun.await {
        Ok(draft) => {
            Ok(redirect_with(&format!("{LIST}/{}/soan", draft.code), Flash::success("procedures-draft-begun")))
        }
        Err(Error::Invalid(errors)) => new_page(&visitor, &sent.wrong(&visitor, &errors)),
        Err(error) => Err(error.into()),
    }
}
