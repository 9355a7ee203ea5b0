use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use serde::Deserialize;
use system::App;
use web::{Answer, Flash, Form, Query, Visitor, filters, redirect_with};

use crate::access::ADMINISTER;
use crate::actions;
use crate::login::Login;
use crate::queries::{self, Listed};

#[derive(Template)]
#[template(path = "identity/administer.html")]
struct Page<'a> {
    csrf: &'a str,
    wanted: &'a str,
    accounts: Vec<Listed>,
    own: Id,
    next: String,
    /// A password just handed out, and for whom; shown this once.
    handed_out: Option<(String, String)>,
}

#[derive(Deserialize)]
pub(super) struct Filter {
    #[serde(default)]
    ten: String,
    #[serde(default)]
    sau: Option<Id>,
}

#[derive(Deserialize)]
pub(super) struct Act {
    account: Id,
    act: What,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    Block,
    Unblock,
    ResetPassword,
    RemoveSecondFactor,
}

const SIZE: usize = 50;

async fn view<'a>(app: &App, visitor: &'a Visitor, filter: &'a Filter) -> base::Result<Page<'a>> {
    let officer = visitor.caller.officer_who_may(ADMINISTER)?;
    let wanted = filter.ten.trim();
    let login = Login::parse(wanted);
    let found = if login.is_none() && !wanted.is_empty() {
        store::Slice { rows: Vec::new(), next: None }
    } else {
        queries::listed(app.store.read(), officer.agency, login.as_ref(), filter.sau, SIZE).await?
    };
    Ok(Page {
        csrf: visitor.csrf(),
        wanted,
        accounts: found.rows,
        own: officer.account,
        next: found.next.map_or_else(String::new, |next| format!("/quan-tri/tai-khoan?sau={next}")),
        handed_out: None,
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(filter): Query<Filter>) -> Answer {
    let page = view(&app, &visitor, &filter).await?;
    visitor.page(&visitor.text("identity-administer"), &page)
}

pub(super) async fn act(State(app): State<App>, visitor: Visitor, Form(sent): Form<Act>) -> Answer {
    let (officer, now) = (visitor.caller.officer_who_may(ADMINISTER)?, visitor.now);
    let done = match sent.act {
        What::Block => {
            app.store.write(async |tx| actions::block(tx, now, officer, sent.account).await).await?;
            "identity-blocked-done"
        }
        What::Unblock => {
            app.store.write(async |tx| actions::unblock(tx, now, officer, sent.account).await).await?;
            "identity-unblocked-done"
        }
        What::RemoveSecondFactor => {
            app.store.write(async |tx| actions::remove_second_factor(tx, now, officer, sent.account).await).await?;
            "identity-second-factor-gone"
        }
        What::ResetPassword => {
            let password = actions::reset_password(&app, officer, sent.account).await?;
            let account = queries::account(app.store.read(), sent.account).await?.ok_or(Error::NotFound)?;
            let filter = Filter { ten: account.handle.clone(), sau: None };
            let page = Page { handed_out: Some((account.handle, password)), ..view(&app, &visitor, &filter).await? };
            return visitor.page(&visitor.text("identity-administer"), &page);
        }
    };
    Ok(redirect_with("/quan-tri/tai-khoan", Flash::success(done)))
}
