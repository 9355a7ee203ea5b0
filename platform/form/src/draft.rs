//! Drafts: values gathered page by page.

use crate::{Context, Definition, Field, Mark, Page, Values, path};

/// Replaces what the draft holds of a page by what was read from it.
pub fn merge(page: &Page, draft: &mut Values, mut typed: Values) {
    for field in &page.fields {
        path::set(draft, &field.name, typed.shift_remove(&field.name));
    }
}

/// Like [`merge`], but takes over only what marks allow to change: an answer to a request for a supplement.
pub fn merge_marked(form: &Definition, page: &Page, draft: &mut Values, typed: &Values, marks: &[Mark]) {
    for field in &page.fields {
        merge_open(form, field, &field.name, draft, typed, marks);
    }
}

fn merge_open(form: &Definition, field: &Field, concrete: &str, draft: &mut Values, typed: &Values, marks: &[Mark]) {
    if form.is_open(concrete, marks) {
        path::set(draft, concrete, path::get(typed, concrete).cloned());
        return;
    }
    let rows = path::get(draft, concrete).and_then(|value| value.as_array()).map(Vec::len);
    let bases: Vec<String> = match rows {
        Some(rows) => (0..rows).map(|row| path::join(concrete, row)).collect(),
        None => vec![concrete.to_owned()],
    };
    for base in bases {
        for inner in field.inner() {
            merge_open(form, inner, &path::join(&base, &inner.name), draft, typed, marks);
        }
    }
}

/// The pages that the values so far lead through; a page with nothing to show is skipped.
pub fn pages<'a>(form: &'a Definition, values: &Values) -> Vec<&'a Page> {
    let visible = form.visible(values);
    form.pages().iter().filter(|page| page.fields.iter().any(|field| field.is_shown(&visible, &field.name))).collect()
}

/// The page after `page`, if there is one.
pub fn page_after<'a>(form: &'a Definition, page: &Page, values: &Values) -> Option<&'a Page> {
    let pages = pages(form, values);
    let at = pages.iter().position(|other| other.name == page.name)?;
    pages.get(at + 1).copied()
}

/// The pages with whether each is complete, for a list of what is still to do.
pub fn progress<'a>(form: &'a Definition, values: &Values, context: &Context<'_>) -> Vec<(&'a Page, bool)> {
    let errors = form.accept(values, context).err().unwrap_or_default();
    pages(form, values)
        .into_iter()
        .map(|page| {
            let wrong = errors.iter().any(|error| page.fields.iter().any(|field| field.name == path::top(&error.path)));
            (page, !wrong)
        })
        .collect()
}

/// Where someone who comes back to a draft goes on; none when everything is complete.
pub fn next_incomplete<'a>(form: &'a Definition, values: &Values, context: &Context<'_>) -> Option<&'a Page> {
    let progress = progress(form, values, context);
    progress.into_iter().find(|(_, complete)| !complete).map(|(page, _)| page)
}
