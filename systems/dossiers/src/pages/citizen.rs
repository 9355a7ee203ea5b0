//! The portal: a person files a dossier, follows it, answers what is asked, and fetches what comes out.

mod bundle;
mod check;
mod clock;
mod consent;
mod documents;
mod download;
mod form_page;
mod guide;
mod holder;
mod lookup;
mod mine;
mod papers;
mod place;
mod principal;
mod rate;
mod readers;
mod remove;
mod reuse;
mod show;
mod steps;
mod supplement;
mod take_back;
#[cfg(test)]
mod tests;
mod timeline;
#[cfg(test)]
mod together;
mod whom;
mod withdraw;

use axum::handler::Handler;
use base::{Error, Id, Result};
use system::{Access, App};
use web::Visitor;

use ::system::Routes;

use crate::access;
use crate::behalf::Behalf;
use crate::dossier::{Dossier, State};
use crate::pages::filling::{Filling, uploads};
use crate::queries;

/// Where drafts stand.
const DRAFTS: &str = "/nop-ho-so/ban-nhap";

pub(super) fn routes() -> Routes {
    filing_routes().and(dossier_routes())
}

fn filing_routes() -> Routes {
    Routes::new()
        .get("/nop-cung", Access::Citizen, bundle::choose)
        .post("/nop-cung", Access::Citizen, bundle::begin)
        .example("offered-procedure", &[("form", "{form}"), ("thu-tuc", "{procedure}")])
        .get("/nop-cung/{bundle}", Access::Citizen, bundle::show)
        .example("own-bundle", &[])
        .post("/nop-cung/{bundle}/gui", Access::Citizen, bundle::send)
        .example("own-complete-bundle", &[])
        .get("/nop-ho-so/{procedure}", Access::Citizen, guide::page)
        .example("offered-procedure", &[])
        .post("/nop-ho-so/{procedure}", Access::Citizen, guide::begin)
        .example("offered-procedure", &[("form", "{form}"), ("agency", "{agency}")])
        .get("/nop-ho-so/ban-nhap/{draft}/noi-nhan", Access::Citizen, place::page)
        .example("own-draft", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/noi-nhan", Access::Citizen, place::choose)
        .example("own-draft", &[("agency", "{agency}")])
        .get("/nop-ho-so/ban-nhap/{draft}/nguoi-uy-quyen", Access::Citizen, principal::page)
        .example("own-authorised-draft", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/nguoi-uy-quyen", Access::Citizen, principal::save)
        .example(
            "own-authorised-draft",
            &[
                ("name", "{name}"),
                ("number", "{number}"),
                ("birth-date-day", "5"),
                ("birth-date-month", "1"),
                ("birth-date-year", "1990"),
                ("until", "{until}"),
            ],
        )
        .get("/nop-ho-so/ban-nhap/{draft}/trang/{page}", Access::Citizen, form_page::page)
        .example("own-draft-page", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/trang/{page}", Access::Citizen, form_page::save)
        .example("own-draft-page", &[("do", "later")])
        .get("/nop-ho-so/ban-nhap/{draft}/giay-to", Access::Citizen, documents::page)
        .example("own-draft", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/giay-to", Access::Citizen, documents::save.layer(uploads::room()))
        .example("own-draft", &[("paper.{component}", "@file"), ("do", "next")])
        .get("/nop-ho-so/ban-nhap/{draft}/kiem-tra", Access::Citizen, check::page)
        .example("own-draft", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/dong-y", Access::Citizen, consent::ask)
        .example("own-draft-to-agree", &[("role", "{role}")])
        .get("/dong-y/{consent}", Access::Citizen, consent::page)
        .example("own-asked-consent", &[])
        .post("/dong-y/{consent}", Access::Citizen, consent::answer)
        .example("own-asked-consent", &[("tra-loi", "dong-y")])
        .post("/nop-ho-so/ban-nhap/{draft}/gui", Access::Citizen, check::send)
        .example("own-complete-draft", &[])
        .get("/nop-ho-so/ban-nhap/{draft}/xoa", Access::Citizen, remove::page)
        .example("own-draft", &[])
        .post("/nop-ho-so/ban-nhap/{draft}/xoa", Access::Citizen, remove::confirm)
        .example("own-draft", &[])
}

fn dossier_routes() -> Routes {
    Routes::new()
        .get("/tra-cuu", Access::Public, lookup::page)
        .get("/ho-so", Access::Citizen, mine::page)
        .get("/giay-to-cua-toi", Access::Citizen, papers::page)
        .get("/ho-so/{code}", Access::Citizen, show::page)
        .example("own-dossier", &[])
        .get("/ho-so/{code}/da-gui", Access::Citizen, check::sent)
        .example("own-dossier", &[])
        .get("/ho-so/{code}/thoi-han", Access::Citizen, clock::page)
        .example("own-dossier", &[])
        .get("/ho-so/{code}/nguoi-xem", Access::Citizen, readers::page)
        .example("own-dossier", &[])
        .get("/ho-so/{code}/rut", Access::Citizen, withdraw::page)
        .example("own-dossier", &[])
        .post("/ho-so/{code}/rut", Access::Citizen, withdraw::confirm)
        .example("own-dossier", &[])
        .post("/ho-so/{code}/danh-gia", Access::Citizen, rate::send)
        .example("own-ended-dossier", &[("hai-long", "co")])
        .get("/ho-so/{code}/thu-hoi-uy-quyen", Access::Citizen, take_back::page)
        .example("own-authorised-dossier", &[])
        .post("/ho-so/{code}/thu-hoi-uy-quyen", Access::Citizen, take_back::confirm)
        .example("own-authorised-dossier", &[])
        .get("/ho-so/{code}/bo-sung", Access::Citizen, supplement::page)
        .example("own-waiting-dossier", &[])
        .post("/ho-so/{code}/bo-sung", Access::Citizen, supplement::save.layer(uploads::room()))
        .example("own-waiting-dossier", &[("paper.{component}", "@file"), ("do", "send")])
        .get("/ho-so/{code}/giay/{slip}", Access::Citizen, download::slip)
        .example("own-slip", &[])
        .get("/ho-so/{code}/ket-qua/{result}", Access::Citizen, download::result)
        .example("own-result", &[])
        .get("/ho-so/{code}/tep/{paper}", Access::Citizen, download::paper)
        .example("own-paper", &[])
}

/// Address of a place within a draft: `giay-to`.
fn draft_at(draft: Id, place: &str) -> String {
    format!("{DRAFTS}/{draft}/{place}")
}

/// The person's own draft.
///
/// # Errors
/// [`Error::NotFound`] for another's, and for one that was begun at the counter for somebody else; [`Error::Conflict`]
/// when the procedure has ended meanwhile.
async fn filling(app: &App, visitor: &Visitor, id: Id) -> Result<Filling> {
    let owner = visitor.caller.citizen()?.person;
    let draft = queries::unsent_draft(app.store.read(), owner, id).await?;
    if draft.is_of_counter() {
        return Err(Error::NotFound);
    }
    if draft.behalf == Some(Behalf::Organisation) {
        let citizen = visitor.caller.citizen()?;
        access::acts_for(app.store.read(), citizen, draft.applicant, visitor.now.today()).await?;
    }
    Filling::of(app, visitor.now, draft, DRAFTS).await
}

/// The person's own dossier; another's does not exist.
async fn own(app: &App, visitor: &Visitor, code: &str) -> Result<Dossier> {
    let found = queries::by_code(app.store.read(), code).await?.ok_or(Error::NotFound)?;
    access::own(app.store.read(), &visitor.caller, found, visitor.now.today()).await
}

/// The state as the applicant should read it, with its colour.
///
/// A request made before the dossier was accepted leaves its state when the desk accepts it, not when it is answered.
async fn standing(app: &App, dossier: &Dossier) -> Result<(&'static str, &'static str)> {
    let answered = dossier.state == State::SupplementAsked
        && queries::open_supplement(app.store.read(), dossier.id).await?.is_none();
    if answered { Ok(("dossiers-state-answered", "wait")) } else { Ok((dossier.state.text(), dossier.state.tone())) }
}
