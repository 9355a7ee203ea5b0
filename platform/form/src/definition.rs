use jsonschema::Validator;

use crate::{Choice, Condition, Lists, Prefill, Problem, Widget, path, schema, schema::DateBound, ui};

/// A form as a procedure declares it, checked and ready to show, read and validate.
#[derive(Debug)]
pub struct Definition {
    pub(crate) pages: Vec<Page>,
    pub(crate) validator: Validator,
}

/// Fields that are asked together.
#[derive(Debug, Clone)]
pub struct Page {
    /// Part of the address: `a-z`, `0-9`, `-`.
    pub name: String,
    pub title: String,
    pub intro: Option<String>,
    /// In the order on screen.
    pub fields: Vec<Field>,
}

/// One property of the schema with everything that is said about asking it.
#[derive(Debug, Clone)]
pub struct Field {
    /// Name of the property.
    pub name: String,
    /// Declared path: dotted, without row numbers.
    pub path: String,
    pub title: String,
    pub hint: Option<String>,
    pub kind: Kind,
    /// Required whenever it is shown.
    pub required: bool,
    /// Required when one of these holds (`if`/`then`).
    pub required_when: Vec<Condition>,
    pub shown_when: Option<Condition>,
    pub prefill: Option<Prefill>,
    pub sensitive: bool,
    /// Width of the box in characters.
    pub width: Option<u8>,
    pub suffix: Option<String>,
    pub pattern_message: Option<String>,
}

/// What a field holds and how it is asked.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `long` asks for several lines.
    Text {
        long: bool,
    },
    /// `whole` admits no fraction.
    Number {
        whole: bool,
    },
    /// Whole đồng.
    Money,
    /// Bounds are inclusive.
    Date {
        min: Option<DateBound>,
        max: Option<DateBound>,
    },
    Choice {
        source: Source,
        widget: Widget,
    },
    Choices(Source),
    YesNo,
    /// A statement that can only be agreed to.
    Tick,
    IdNumber,
    Phone,
    Email,
    /// The component of the dossier for which the file stands.
    File {
        component: Option<String>,
    },
    Group(Vec<Field>),
    /// Between `min` and `max` rows of the same fields; `row_title` is what one of them is called.
    Rows {
        fields: Vec<Field>,
        min: usize,
        max: usize,
        row_title: String,
    },
}

/// Where choices come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Fixed(Vec<Choice>),
    /// Name of a code list in [`Lists`].
    List(String),
}

impl Source {
    pub fn choices<'a>(&'a self, lists: &'a Lists) -> &'a [Choice] {
        match self {
            Self::Fixed(choices) => choices,
            Self::List(name) => lists.get(name),
        }
    }
}

impl Field {
    /// Fields inside a group or a row; none for a field that holds a value.
    pub fn inner(&self) -> &[Field] {
        match &self.kind {
            Kind::Group(fields) | Kind::Rows { fields, .. } => fields,
            _ => &[],
        }
    }

    /// A group of `province`, `commune` and `detail`, shown in summaries as one line.
    pub(crate) fn is_address(&self) -> bool {
        let Kind::Group(fields) = &self.kind else {
            return false;
        };
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        names == ["province", "commune", "detail"]
    }
}

impl Definition {
    /// Reads `form.schema.json` and `form.ui.toml`.
    ///
    /// # Errors
    /// Every mistake found, never an empty list.
    pub fn parse(schema_json: &str, ui_toml: &str) -> Result<Self, Vec<Problem>> {
        let declared = schema::read(schema_json)?;
        let asked = ui::read(ui_toml).map_err(|problem| vec![problem])?;
        let (pages, problems) = ui::assemble(declared.fields, declared.demands, asked);
        let problems = [declared.problems, problems].concat();
        if problems.is_empty() { Ok(Self { pages, validator: declared.validator }) } else { Err(problems) }
    }

    /// All pages in order, also those that the values so far would skip.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub fn page(&self, name: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.name == name)
    }

    /// The field at a declared or concrete path.
    pub fn field(&self, path: &str) -> Option<&Field> {
        let declared = path::declared(path);
        let mut names = declared.split('.');
        let top = names.next()?;
        let first = self.fields().find(|field| field.name == top)?;
        names.try_fold(first, |field, name| field.inner().iter().find(|inner| inner.name == name))
    }

    /// The page on which the field at `path` is asked.
    pub fn page_of(&self, path: &str) -> Option<&Page> {
        let top = path::top(path);
        self.pages.iter().find(|page| page.fields.iter().any(|field| field.name == top))
    }

    /// Names of the code lists the form needs, each once, in order.
    pub fn lists(&self) -> Vec<&str> {
        let mut names = Vec::new();
        list_names(self.fields(), &mut names);
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Top-level fields in the order on screen.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pages.iter().flat_map(|page| &page.fields)
    }
}

fn list_names<'a>(fields: impl IntoIterator<Item = &'a Field>, names: &mut Vec<&'a str>) {
    for field in fields {
        match &field.kind {
            Kind::Choice { source: Source::List(name), .. } | Kind::Choices(Source::List(name)) => {
                names.push(name);
            }
            _ => list_names(field.inner(), names),
        }
    }
}
