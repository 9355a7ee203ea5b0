//! The pages of the form: what was typed is kept whether it is right or not.

use base::{Error, Result};
use form::render::{self, Options};
use form::{Context, FieldError, Known, Page, RowChange, Values};
use system::App;
use web::Visitor;

use super::{Filling, prefill, texts};
use crate::{actions, declared};

/// One page of the form as it is shown.
pub(in crate::pages) struct FormPage<'a> {
    pub(in crate::pages) procedure: &'a str,
    pub(in crate::pages) page: &'a Page,
    pub(in crate::pages) number: usize,
    pub(in crate::pages) count: usize,
    /// Made by the crate `form`, which escapes what people typed.
    pub(in crate::pages) errors: String,
    pub(in crate::pages) fields: String,
    pub(in crate::pages) action: String,
    /// Address of the page before; the first has none.
    pub(in crate::pages) before: Option<String>,
}

/// What comes after a page was kept.
pub(in crate::pages) enum Saved<'a> {
    /// A row came or went: the group stands here.
    Row(String),
    /// All of it is right; it goes on here.
    Right(String),
    Wrong(FormPage<'a>),
}

impl Filling {
    /// A page as one comes to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the form has no such page.
    pub(in crate::pages) async fn page(&self, app: &App, visitor: &Visitor, name: &str) -> Result<FormPage<'_>> {
        let page = self.form.page(name).ok_or(Error::NotFound)?;
        // Offered once: a field emptied on purpose stays empty.
        let seen = page.fields.iter().any(|field| self.draft.answers.contains_key(&field.name));
        let known = if seen { Known::new() } else { prefill::known(app, visitor.now, &self.draft).await? };
        self.drawn(visitor, page, &self.draft.answers, &[], known)
    }

    /// Keeps what was typed on a page.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the form has no such page.
    pub(in crate::pages) async fn save_page(
        &self,
        app: &App,
        visitor: &Visitor,
        name: &str,
        posted: &[(String, String)],
    ) -> Result<Saved<'_>> {
        let page = self.form.page(name).ok_or(Error::NotFound)?;
        let (typed, _) = self.form.read(page, posted);
        let mut answers = self.draft.answers.clone();
        form::draft::merge(page, &mut answers, typed);
        let rows = RowChange::find(&self.form, page, posted);
        if let Some(change) = &rows {
            change.apply(&mut answers);
        }
        actions::save_answers(app, visitor.now, &self.draft, &answers).await?;
        if let Some(RowChange::Add { path, .. } | RowChange::Remove { path, .. }) = rows {
            return Ok(Saved::Row(format!("{}#f-{}", self.page_at(page), path.replace('.', "-"))));
        }
        let context = Context { today: visitor.now.today(), lists: declared::lists()? };
        let errors = self.form.page_errors(page, &answers, &context);
        if errors.is_empty() {
            let next = form::draft::page_after(&self.form, page, &answers);
            return Ok(Saved::Right(next.map_or_else(|| self.after_form(), |next| self.page_at(next))));
        }
        self.drawn(visitor, page, &answers, &errors, Known::new()).map(Saved::Wrong)
    }

    fn drawn<'a>(
        &'a self,
        visitor: &Visitor,
        page: &'a Page,
        answers: &Values,
        errors: &[FieldError],
        known: Known,
    ) -> Result<FormPage<'a>> {
        let text = texts(visitor);
        let change = |page: &Page| self.page_at(page);
        let options = Options { known, change: Some(&change), ..Options::new(&text, declared::lists()?) };
        let pages = form::draft::pages(&self.form, answers);
        let at = pages.iter().position(|shown| shown.name == page.name).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| pages.get(before));
        Ok(FormPage {
            procedure: &self.procedure.name,
            page,
            number: at + 1,
            count: pages.len(),
            errors: render::error_summary(&self.form, Some(page), errors, &options),
            fields: render::page(&self.form, page, answers, errors, &options),
            action: self.page_at(page),
            before: before.map(|before| self.page_at(before)),
        })
    }
}
