//! What is changed together, on one page.

use base::Result;
use province::Tree;

use super::binding::{self, Column, Kind, Row, Sheet, Wrong};
use super::{document, form, process};
use crate::package::{COMPONENTS, FEES, Finding, PROCEDURE, PROCESS, SCHEMA, UI};

/// A part of a package with a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    General,
    Law,
    Agencies,
    Deadline,
    Fees,
    Exemptions,
    Papers,
    Form,
    Process,
    Results,
}

/// What may be done with the rows of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    None,
    /// Only their fields change.
    Fixed,
    Free,
}

/// Where something cannot be written: the row, none for the fields above the rows; the column; the key of why.
pub(crate) type Misfit = (Option<usize>, &'static str, &'static str);

impl Section {
    pub(crate) const ALL: [Self; 10] = [
        Self::General,
        Self::Law,
        Self::Agencies,
        Self::Deadline,
        Self::Fees,
        Self::Exemptions,
        Self::Papers,
        Self::Form,
        Self::Process,
        Self::Results,
    ];

    /// In addresses.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::General => "chung",
            Self::Law => "can-cu",
            Self::Agencies => "co-quan",
            Self::Deadline => "thoi-han",
            Self::Fees => "phi",
            Self::Exemptions => "mien-giam",
            Self::Papers => "giay-to",
            Self::Form => "bieu-mau",
            Self::Process => "quy-trinh",
            Self::Results => "ket-qua",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.word() == word)
    }

    /// Key of its title.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::General => "procedures-general",
            Self::Law => "procedures-item-basis",
            Self::Agencies => "procedures-item-agency",
            Self::Deadline => "procedures-item-deadline",
            Self::Fees => "procedures-cost",
            Self::Exemptions => "procedures-exemptions",
            Self::Papers => "procedures-item-components",
            Self::Form => "procedures-item-forms",
            Self::Process => "procedures-process",
            Self::Results => "procedures-item-results",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::General | Self::Law | Self::Agencies | Self::Deadline | Self::Results => PROCEDURE,
            Self::Fees | Self::Exemptions => FEES,
            Self::Papers => COMPONENTS,
            Self::Form => UI,
            Self::Process => PROCESS,
        }
    }

    /// Whether what changes here changes this file.
    pub(super) fn is_in(self, file: &str) -> bool {
        self.file() == file || (self == Self::Form && file == SCHEMA)
    }

    /// Key of the array that holds the rows.
    const fn array(self) -> &'static str {
        match self {
            Self::General | Self::Deadline => "",
            Self::Law => "basis",
            Self::Agencies => "agency",
            Self::Fees => "fee",
            Self::Exemptions => "exemption",
            Self::Papers => "component",
            Self::Form => "page",
            Self::Process => "step",
            Self::Results => "result",
        }
    }

    pub(crate) const fn rows(self) -> Rows {
        match self {
            Self::General | Self::Deadline => Rows::None,
            Self::Process => Rows::Fixed,
            _ => Rows::Free,
        }
    }

    /// The column by which people know a row.
    pub(crate) const fn naming(self) -> &'static str {
        match self {
            Self::Law => "number",
            Self::Agencies => "kind",
            Self::Exemptions => "who",
            Self::Form | Self::Process => "title",
            _ => "name",
        }
    }

    /// The fields above the rows.
    pub(crate) const fn fixed(self) -> &'static [Column] {
        match self {
            Self::General => GENERAL,
            Self::Law => LAW,
            Self::Deadline => DEADLINE,
            Self::Fees => FEES_NOTE,
            _ => &[],
        }
    }

    /// The fields of a row.
    pub(crate) const fn columns(self) -> &'static [Column] {
        match self {
            Self::General | Self::Deadline => &[],
            Self::Law => BASIS,
            Self::Agencies => AGENCY,
            Self::Fees => FEE,
            Self::Exemptions => EXEMPTION,
            Self::Papers => PAPER,
            Self::Form => form::COLUMNS,
            Self::Process => process::COLUMNS,
            Self::Results => RESULT,
        }
    }

    /// What stands in the files.
    ///
    /// # Errors
    /// When a file is not even TOML or JSON.
    pub(crate) fn read(self, files: &Tree) -> Result<Sheet> {
        match self {
            Self::Form => form::read(files),
            Self::Process => process::read(files),
            _ => {
                let text = document(files, self.file())?;
                let fixed = binding::read(text.as_table(), self.fixed());
                Ok(Sheet { fixed, rows: binding::rows(&text, self.array(), self.columns()) })
            }
        }
    }

    /// The files with the section as it is on the page; or what does not fit.
    ///
    /// # Errors
    /// When a file is not even TOML or JSON.
    pub(crate) fn write(self, sheet: &Sheet, files: &Tree) -> Result<std::result::Result<Tree, Vec<Misfit>>> {
        // What nobody changed keeps every space it has.
        if *sheet == self.read(files)? {
            return Ok(Ok(files.clone()));
        }
        self.rewritten(sheet, files)
    }

    pub(super) fn rewritten(self, sheet: &Sheet, files: &Tree) -> Result<std::result::Result<Tree, Vec<Misfit>>> {
        match self {
            Self::Form => form::write(sheet, files).map(Ok),
            Self::Process => process::write(sheet, files),
            _ => self.write_text(sheet, files),
        }
    }

    fn write_text(self, sheet: &Sheet, files: &Tree) -> Result<std::result::Result<Tree, Vec<Misfit>>> {
        let mut text = document(files, self.file())?;
        let fixed = binding::write(text.as_table_mut(), self.fixed(), &sheet.fixed);
        let rows = match self.rows() {
            Rows::None => Vec::new(),
            _ => binding::write_rows(&mut text, self.array(), self.columns(), &sheet.rows),
        };
        let misfits = misfits(None, fixed).chain(rows.into_iter().flat_map(|(row, wrong)| misfits(Some(row), wrong)));
        let misfits: Vec<Misfit> = misfits.collect();
        if misfits.is_empty() { Ok(Ok(files.clone().with(self.file(), text.to_string()))) } else { Ok(Err(misfits)) }
    }

    /// Where a finding of the check belongs: the section, and the row where it is about one.
    pub(crate) fn of(finding: &Finding, files: &Tree) -> Option<(Self, Option<usize>)> {
        let file = finding.file.to_str()?;
        let mut keys = finding.place.split('.');
        let (first, second) = (keys.next().unwrap_or_default(), keys.next().unwrap_or_default());
        let row = second.parse().ok();
        Some(match file {
            PROCEDURE => match first {
                "basis" | "decision" | "field" => (Self::Law, row),
                "agency" => (Self::Agencies, row),
                "deadline" => (Self::Deadline, None),
                "result" => (Self::Results, row),
                _ => (Self::General, None),
            },
            FEES if first == "exemption" => (Self::Exemptions, row),
            FEES => (Self::Fees, row),
            COMPONENTS => (Self::Papers, row),
            SCHEMA | UI => (Self::Form, form::row_of(&finding.place, files)),
            PROCESS => (Self::Process, row.or_else(|| process::row_of(second, files))),
            _ => return None,
        })
    }
}

pub(super) fn misfits(row: Option<usize>, wrong: Wrong) -> impl Iterator<Item = Misfit> {
    wrong.into_iter().map(move |(column, why)| (row, column, why))
}

/// A row nobody has filled in yet.
pub(crate) fn new_row(section: Section, parent: &str) -> Row {
    let values = section.columns().iter().map(|column| (column.name, usual(section, column.name))).collect();
    Row { was: String::new(), parent: parent.to_owned(), values }
}

/// What most rows of the kind have.
fn usual(section: Section, column: &str) -> String {
    let usual = match (section, column) {
        (Section::Papers, "originals") => "1",
        (Section::Papers, "copies") => "0",
        (Section::Papers, "required" | "pdf" | "jpg" | "png") => binding::YES,
        (Section::Fees, "kind") => "le-phi",
        (Section::Fees, "per") => "dossier",
        (Section::Fees, "collect") => "receipt",
        (Section::Exemptions, "percent") => "100",
        (Section::Agencies, "kind") => "commune-committee",
        (Section::Agencies, "tier") => "commune",
        (Section::Form, "kind") => "text",
        (Section::Results, "number") => "{number}/{year}",
        _ => "",
    };
    usual.to_owned()
}

const fn column(name: &'static str, path: &'static str, label: &'static str, kind: Kind) -> Column {
    Column { name, path, label, kind }
}

const GENERAL: &[Column] = &[
    column("name", "name", "procedures-item-name", Kind::Line),
    column("keywords", "keywords", "procedures-edit-keywords", Kind::Lines),
    column("conditions", "conditions", "procedures-item-conditions", Kind::Text),
    column("steps", "steps", "procedures-item-steps", Kind::Lines),
    column(
        "level",
        "service.level",
        "procedures-item-level",
        Kind::Pick(&[("full", "procedures-level-full"), ("partial", "procedures-level-partial")]),
    ),
    column("assurance", "service.assurance", "procedures-edit-assurance", Kind::Number),
    column("counter", "service.channels", "procedures-way-counter", Kind::Flag("counter")),
    column("online", "service.channels", "procedures-way-online", Kind::Flag("online")),
    column("post", "service.channels", "procedures-way-post", Kind::Flag("post")),
    column("citizen", "service.applicants", "procedures-edit-for-citizen", Kind::Flag("citizen")),
    column("authorised", "service.applicants", "procedures-edit-for-authorised", Kind::Flag("authorised")),
    column("business", "service.applicants", "procedures-edit-for-business", Kind::Flag("business")),
    column("household", "service.applicants", "procedures-edit-for-household", Kind::Flag("household-business")),
    column("organisation", "service.applicants", "procedures-edit-for-organisation", Kind::Flag("organisation")),
    column("note", "note", "procedures-edit-note", Kind::Optional),
];

const LAW: &[Column] = &[
    column("field", "field.name", "procedures-item-field", Kind::Line),
    column("field-code", "field.code", "procedures-edit-field-code", Kind::Line),
    column("decision", "decision.number", "procedures-item-decision", Kind::Line),
    column("decision-date", "decision.date", "procedures-edit-decision-date", Kind::Day),
];

const BASIS: &[Column] = &[
    column("number", "number", "procedures-edit-number", Kind::Line),
    column("name", "name", "procedures-edit-law-name", Kind::Line),
    column("date", "date", "procedures-edit-date", Kind::Day),
];

const AGENCY: &[Column] = &[
    column(
        "kind",
        "kind",
        "procedures-edit-agency-kind",
        Kind::Pick(&[
            ("commune-committee", "directory-kind-commune-committee"),
            ("province-committee", "directory-kind-province-committee"),
            ("department", "directory-kind-department"),
            ("inspectorate", "directory-kind-inspectorate"),
            ("zone-authority", "directory-kind-zone-authority"),
            ("police", "directory-kind-police"),
            ("tax", "directory-kind-tax"),
            ("social-insurance", "directory-kind-social-insurance"),
        ]),
    ),
    column(
        "tier",
        "tier",
        "procedures-edit-tier",
        Kind::Pick(&[("commune", "procedures-tier-commune"), ("province", "procedures-tier-province")]),
    ),
    column("receives", "does", "procedures-edit-receives", Kind::Flag("receive")),
    column("decides", "does", "procedures-edit-decides", Kind::Flag("decide")),
    column("notation", "notation", "procedures-edit-notation", Kind::Optional),
    column("from", "from", "procedures-version-from", Kind::Day),
    column("to", "to", "procedures-version-to", Kind::Day),
];

const DEADLINE: &[Column] = &[
    column(
        "unit",
        "deadline.budget",
        "procedures-edit-unit",
        Kind::Unit(&[
            ("days", "procedures-unit-days"),
            ("minutes", "procedures-unit-minutes"),
            ("calendar_days", "procedures-unit-calendar-days"),
            ("almanac_hours", "procedures-unit-almanac-hours"),
            ("calendar_months", "procedures-unit-calendar-months"),
        ]),
    ),
    column("amount", "deadline.budget", "procedures-edit-amount", Kind::Amount),
    column(
        "counting",
        "deadline.counting",
        "procedures-edit-counting",
        Kind::Pick(&[("days_excl_first", "procedures-counting-days"), ("hours", "procedures-counting-hours")]),
    ),
    column("cut-off", "deadline.cut_off", "procedures-edit-cut-off", Kind::Time),
    column("written", "deadline.written", "procedures-edit-written", Kind::Line),
];

const FEES_NOTE: &[Column] = &[column("note", "note", "procedures-edit-fees-note", Kind::Optional)];

const FEE: &[Column] = &[
    column("name", "name", "procedures-fee", Kind::Line),
    column("code", "code", "procedures-edit-code", Kind::Line),
    column(
        "kind",
        "kind",
        "procedures-edit-fee-kind",
        Kind::Pick(&[("phi", "procedures-item-phi"), ("le-phi", "procedures-item-le-phi")]),
    ),
    column(
        "per",
        "per",
        "procedures-edit-per",
        Kind::Pick(&[
            ("dossier", "procedures-per-dossier"),
            ("copy", "procedures-per-copy"),
            ("page", "procedures-per-page"),
        ]),
    ),
    column("counter", "amounts.counter", "procedures-channel-counter", Kind::Dong),
    column("online", "amounts.online", "procedures-channel-online", Kind::Dong),
    column("post", "amounts.post", "procedures-channel-post", Kind::Dong),
    column(
        "collect",
        "collect",
        "procedures-edit-collect",
        Kind::Pick(&[("receipt", "procedures-paid-on-receipt"), ("return", "procedures-paid-on-return")]),
    ),
    column("basis", "basis", "procedures-item-basis", Kind::Line),
];

const EXEMPTION: &[Column] = &[
    column("who", "who", "procedures-edit-who", Kind::Line),
    column("percent", "percent", "procedures-edit-percent", Kind::Number),
    column("basis", "basis", "procedures-item-basis", Kind::Line),
];

const PAPER: &[Column] = &[
    column("name", "name", "procedures-component", Kind::Line),
    column("code", "code", "procedures-edit-code", Kind::Line),
    column("originals", "originals", "procedures-edit-originals", Kind::Number),
    column("copies", "copies", "procedures-edit-copies", Kind::Number),
    column("required", "required", "procedures-edit-required", Kind::Box),
    column("condition", "condition", "procedures-edit-condition", Kind::Optional),
    column("note", "note", "procedures-edit-paper-note", Kind::Optional),
    column("form", "form", "procedures-edit-paper-form", Kind::Optional),
    column("declared", "declared", "procedures-edit-declared", Kind::Mark),
    column("reuse", "reuse", "procedures-edit-reuse", Kind::Optional),
    column("pdf", "accepts", "procedures-edit-pdf", Kind::Flag("pdf")),
    column("jpg", "accepts", "procedures-edit-jpg", Kind::Flag("jpg")),
    column("png", "accepts", "procedures-edit-png", Kind::Flag("png")),
    column("docx", "accepts", "procedures-edit-docx", Kind::Flag("docx")),
    column("xlsx", "accepts", "procedures-edit-xlsx", Kind::Flag("xlsx")),
    column("dwg", "accepts", "procedures-edit-dwg", Kind::Flag("dwg")),
];

const RESULT: &[Column] = &[
    column("name", "name", "procedures-edit-result-name", Kind::Line),
    column("code", "code", "procedures-edit-code", Kind::Line),
    column("template", "template", "procedures-edit-template", Kind::Line),
    column("abbreviation", "abbreviation", "procedures-edit-abbreviation", Kind::Line),
    column("number", "number", "procedures-edit-number-pattern", Kind::Line),
    column("reuse", "reuse", "procedures-edit-reuse-as", Kind::Optional),
    column("valid", "valid.months", "procedures-edit-valid", Kind::Number),
    column("prints", "prints", "procedures-edit-prints", Kind::Prints),
];
