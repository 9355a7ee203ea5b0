//! One section of a draft. Rows are added, moved and taken away by buttons that send the page; only "save" keeps it.

use askama::Template;
use axum::extract::State;
use base::Error;
use province::Tree;
use system::App;
use web::{Answer, Choice, Flash, Form, Path, Sent, Visitor, filters, redirect_with};

use super::findings::{Told, told};
use super::{LIST, at_hand};
use crate::actions::drafts as actions;
use crate::edit::{Column, Kind, Misfit, PAGE, Row, Rows, Section, Sheet, Values, in_order, new_row};

#[derive(Template)]
#[template(path = "procedures/edit.html")]
struct Page<'a> {
    csrf: &'a str,
    code: &'a str,
    section: Section,
    /// Number of the save that is being changed.
    seen: i64,
    /// About the section as a whole.
    errors: Vec<String>,
    fixed: Vec<Control>,
    rows: Vec<RowShown>,
    /// Rows may come and go.
    free: bool,
    /// Where a row can be added: what it will stand in, and what that is called.
    places: Vec<Choice>,
}

struct RowShown {
    index: usize,
    was: String,
    parent: String,
    title: String,
    is_page: bool,
    errors: Vec<String>,
    controls: Vec<Control>,
}

/// A field as the template draws it.
struct Control {
    name: String,
    label: String,
    hint: String,
    value: String,
    error: String,
    /// `line`, `area`, `number`, `box`, `pick`, `date`, `hidden` or `shown`.
    widget: &'static str,
    options: Vec<Choice>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, section)): Path<(String, String)>,
) -> Answer {
    let section = Section::parse(&section).ok_or(Error::NotFound)?;
    let (draft, files) = at_hand(&app, &code).await?;
    let (_, findings) = actions::judged(&app, visitor.now, &code, &files)?;
    let told = told(&visitor, &findings, &files);
    let sheet = section.read(&files)?;
    visitor.page(&visitor.text(section.title()), &drawn(&visitor, &code, section, draft.number, &sheet, &told, &[]))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, section)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let section = Section::parse(&section).ok_or(Error::NotFound)?;
    let (draft, files) = at_hand(&app, &code).await?;
    let sent = Sent::new(pairs);
    let seen = sent.value("_seen").parse().unwrap_or(draft.number);
    let before = section.read(&files)?;
    let mut sheet = typed(section, &sent, &before);
    let title = visitor.text(section.title());
    let wish = sent.value("do");
    if wish != "luu" {
        changed(section, &mut sheet, wish);
        return visitor.page(&title, &drawn(&visitor, &code, section, seen, &sheet, &[], &[]));
    }
    let after: Tree = match section.write(&sheet, &files)? {
        Ok(after) => after,
        Err(misfits) => {
            return visitor.rejected(&title, &drawn(&visitor, &code, section, seen, &sheet, &[], &misfits));
        }
    };
    let address = format!("{LIST}/{code}/soan/{}", section.word());
    if after == files {
        return Ok(redirect_with(&address, Flash::notice("procedures-draft-same")));
    }
    match actions::save(&app, visitor.now, &visitor.caller, &code, seen, &after).await {
        Ok(draft) => Ok(redirect_with(&address, Flash::success("procedures-draft-saved").with("number", draft.number))),
        Err(Error::Conflict(key)) => {
            let mut page = drawn(&visitor, &code, section, seen, &sheet, &[], &[]);
            page.errors.push(visitor.text(key));
            visitor.rejected(&title, &page)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed; a section sent without a field is as it was.
fn typed(section: Section, sent: &Sent, before: &Sheet) -> Sheet {
    if sent.value("_seen").is_empty() {
        return before.clone();
    }
    let value = |prefix: &str, columns: &'static [Column]| -> Values {
        columns
            .iter()
            .map(|column| (column.name, sent.value(&format!("{prefix}{}", column.name)).replace("\r\n", "\n")))
            .collect()
    };
    let count = sent.value("_count").parse::<usize>().unwrap_or_default().min(MOST);
    let row = |index: usize| Row {
        was: sent.value(&format!("d.{index}._was")).to_owned(),
        parent: sent.value(&format!("d.{index}._parent")).to_owned(),
        values: value(&format!("d.{index}."), section.columns()),
    };
    Sheet { fixed: value("f.", section.fixed()), rows: (0..count).map(row).collect() }
}

/// Rows of one page at most.
const MOST: usize = 500;

/// Does to the rows what a button says: `them`, `them:PLACE`, `len.3`, `xuong.3`, `bo.3`.
fn changed(section: Section, sheet: &mut Sheet, wish: &str) {
    if section.rows() != Rows::Free {
        return;
    }
    if let Some(place) = wish.strip_prefix("them") {
        let mut row = new_row(section, place.trim_start_matches(':'));
        if section == Section::Form && row.parent.is_empty() {
            row.values.insert("kind", PAGE.to_owned());
        }
        sheet.rows.push(row);
    } else if let Some((what, index)) = wish.split_once('.')
        && let Ok(index) = index.parse::<usize>()
        && let Some(row) = sheet.rows.get(index)
    {
        let parent = row.parent.clone();
        let beside = |other: &usize| sheet.rows[*other].parent == parent;
        match what {
            "bo" => drop(sheet.rows.remove(index)),
            "len" => {
                if let Some(other) = (0..index).rev().find(beside) {
                    sheet.rows.swap(index, other);
                }
            }
            "xuong" => {
                if let Some(other) = (index + 1..sheet.rows.len()).find(beside) {
                    sheet.rows.swap(index, other);
                }
            }
            _ => {}
        }
    }
    if section == Section::Form {
        sheet.rows = in_order(std::mem::take(&mut sheet.rows));
    }
}

fn drawn<'a>(
    visitor: &'a Visitor,
    code: &'a str,
    section: Section,
    seen: i64,
    sheet: &Sheet,
    told: &[Told],
    misfits: &[Misfit],
) -> Page<'a> {
    let here: Vec<&Told> = told.iter().filter(|told| told.section == Some(section)).collect();
    let drawing = Drawing { visitor, here: &here, misfits };
    let row = |(index, row): (usize, &Row)| {
        let (controls, errors) = drawing.controls(&format!("d.{index}."), section.columns(), &row.values, Some(index));
        RowShown {
            index,
            was: row.was.clone(),
            parent: row.parent.clone(),
            title: row.value(section.naming()).to_owned(),
            is_page: row.value("kind") == PAGE,
            errors,
            controls,
        }
    };
    let (fixed, errors) = drawing.controls("f.", section.fixed(), &sheet.fixed, None);
    Page {
        csrf: visitor.csrf(),
        code,
        section,
        seen,
        errors,
        fixed,
        rows: sheet.rows.iter().enumerate().map(row).collect(),
        free: section.rows() == Rows::Free,
        places: places(visitor, section, sheet),
    }
}

/// Pages and groups of a form; elsewhere rows stand beside each other.
fn places(visitor: &Visitor, section: Section, sheet: &Sheet) -> Vec<Choice> {
    if section != Section::Form {
        return vec![Choice { value: "them".to_owned(), text: visitor.text("procedures-edit-add") }];
    }
    let holds = |row: &&Row| !row.was.is_empty() && [PAGE, "group"].contains(&row.value("kind"));
    let place = |row: &Row| Choice {
        value: format!("them:{}", row.was),
        text: visitor.text_with("procedures-edit-add-question", &[("place", row.value("title").to_owned())]),
    };
    let page = Choice { value: "them".to_owned(), text: visitor.text("procedures-edit-add-page") };
    sheet.rows.iter().filter(holds).map(place).chain([page]).collect()
}

struct Drawing<'a> {
    visitor: &'a Visitor,
    here: &'a [&'a Told],
    misfits: &'a [Misfit],
}

impl Drawing<'_> {
    /// The fields of a row, and what is wrong with it beyond one field.
    fn controls(
        &self,
        prefix: &str,
        columns: &[Column],
        values: &Values,
        row: Option<usize>,
    ) -> (Vec<Control>, Vec<String>) {
        let value = |name: &str| values.get(name).cloned().unwrap_or_default();
        let mut controls: Vec<Control> = Vec::new();
        for column in columns {
            let misfit = self.misfits.iter().find(|(at, name, _)| *at == row && *name == column.name);
            controls.push(Control {
                name: format!("{prefix}{}", column.name),
                label: self.visitor.text(column.label),
                hint: self.hint(column),
                error: misfit.map(|(_, _, key)| self.visitor.text(key)).unwrap_or_default(),
                widget: widget(column, &value("kind")),
                options: self.options(column, &value(column.name)),
                value: value(column.name),
            });
        }
        let mut errors = Vec::new();
        for told in self.here.iter().filter(|told| told.row == row) {
            let fits = |column: &Column| {
                !told.key.is_empty() && (told.key.starts_with(column.path) || column.path.starts_with(&told.key))
            };
            match columns
                .iter()
                .position(fits)
                .and_then(|at| controls.get_mut(at))
                .filter(|control| control.error.is_empty())
            {
                Some(control) => control.error.clone_from(&told.words),
                None => errors.push(format!("{} ({})", told.words, told.detail)),
            }
        }
        (controls, errors)
    }

    fn hint(&self, column: &Column) -> String {
        let key = match (column.kind, column.name) {
            (Kind::Lines, _) => "procedures-edit-lines",
            (Kind::Dong, _) => "procedures-edit-dong",
            (Kind::Time, _) => "procedures-edit-time",
            (Kind::Prints, _) => "procedures-edit-prints-how",
            (_, "unit") if column.path == "who.unit" => "procedures-edit-unit-code",
            _ => return String::new(),
        };
        self.visitor.text(key)
    }

    fn options(&self, column: &Column, value: &str) -> Vec<Choice> {
        let (Kind::Pick(known) | Kind::Unit(known)) = column.kind else { return Vec::new() };
        let choice = |(value, key): &(&str, &str)| Choice { value: (*value).to_owned(), text: self.visitor.text(key) };
        let mut options: Vec<Choice> =
            known.iter().filter(|(value, _)| ![PAGE, "kept"].contains(value)).map(choice).collect();
        if options.iter().all(|option| option.value != value) {
            options.insert(
                0,
                Choice {
                    value: value.to_owned(),
                    text: if value.is_empty() { "–".to_owned() } else { value.to_owned() },
                },
            );
        }
        options
    }
}

/// What a field is drawn as; of a page of a form only the title is, and a kept shape keeps its kind.
fn widget(column: &Column, kind: &str) -> &'static str {
    let of_form =
        matches!(column.name, "required" | "hint" | "options" | "kind") && [PAGE, "kept", "group"].contains(&kind);
    if of_form && (kind == PAGE || ["options", "kind"].contains(&column.name)) {
        return "hidden";
    }
    match column.kind {
        Kind::Line | Kind::Optional | Kind::Time => "line",
        Kind::Text | Kind::Lines | Kind::Prints => "area",
        Kind::Number | Kind::Dong | Kind::Amount => "number",
        Kind::Day => "date",
        Kind::Box | Kind::Mark | Kind::Flag(_) => "box",
        Kind::Pick(_) | Kind::Unit(_) => "pick",
        Kind::Shown => "shown",
    }
}
