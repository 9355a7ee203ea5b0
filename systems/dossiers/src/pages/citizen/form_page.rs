use askama::Template;
use axum::extract::State;
use base::Id;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect, redirect_with};

use super::steps::{self, Stage, Step};
use crate::pages::filling::{Filling, FormPage, Saved};

#[derive(Template)]
#[template(path = "dossiers/citizen/form.html")]
struct View<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    shown: &'a FormPage<'a>,
    back: String,
}

impl<'a> View<'a> {
    fn new(visitor: &'a Visitor, filling: &Filling, shown: &'a FormPage<'a>) -> Self {
        let back = shown.before.clone().unwrap_or_else(|| filling.at("noi-nhan"));
        Self { csrf: visitor.csrf(), steps: steps::of(filling, Stage::Form), shown, back }
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path((id, name)): Path<(Id, String)>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let shown = filling.page(&app, &visitor, &name).await?;
    visitor.page(&shown.page.title, &View::new(&visitor, &filling, &shown))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, name)): Path<(Id, String)>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let later = posted.iter().any(|(name, value)| name == "do" && value == "later");
    match filling.save_page(&app, &visitor, &name, &posted).await? {
        Saved::Row(group) => Ok(redirect(&group)),
        _ if later => Ok(redirect_with("/ho-so", Flash::success("dossiers-draft-saved"))),
        Saved::Right(next) => Ok(redirect(&next)),
        Saved::Wrong(shown) => visitor.rejected(&shown.page.title, &View::new(&visitor, &filling, &shown)),
    }
}
