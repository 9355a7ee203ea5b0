use base::Id;
use chrono::{DateTime, Utc};
use store::{Conditions, MomentCursor, Sql};

/// Rows in which several agencies take part, and the table that says which: an officer sees those of the whole scope.
///
/// The table has `agency_id` and the column `thing`, in this order its primary key; `thing` is the id of the row.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// `feedback_agencies`.
    pub table: &'static str,
    /// `report_id`.
    pub thing: &'static str,
    /// `feedback_reports`, and what statements call it.
    pub rows: &'static str,
    pub alias: &'static str,
    /// What the table keeps of the row as well, each column with the expression that gives it: long lists are narrowed by it
    /// without reading the rows, along indexes that begin with `agency_id`.
    pub copied: &'static [(&'static str, &'static str)],
}

impl Sharing {
    /// A condition for `WHERE`: an agency in the scope of the one bound as `$parameter` takes part in the row.
    pub fn seen_by(&self, parameter: usize) -> String {
        let Self { table, thing, alias, .. } = self;
        format!(
            "EXISTS (SELECT 1 FROM {table} v JOIN directory_scopes z ON z.descendant = v.agency_id \
             WHERE v.{thing} = {alias}.id AND z.ancestor = ${parameter})"
        )
    }

    /// The newest rows that an agency sees, one more than `size` to know whether there are others. Conditions name the
    /// row by its alias, or as `v.` what the table keeps of it; the latter alone are much quicker.
    pub fn newest(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        self.narrowed(columns, agency, before, size, Reach::Page, narrow)
    }

    /// The same among the newest of an agency's rows alone: as far back as whoever has most of them in its scope has
    /// `first`. A full page is what [`Self::newest`] gives; one that is not full says nothing.
    pub fn newest_of_first(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        first: usize,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        self.narrowed(columns, agency, before, size, Reach::First(first), narrow)
    }

    /// The same where few rows are what is asked for and no index has them in order: all of them are gathered first.
    pub fn newest_of_all(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        self.narrowed(columns, agency, before, size, Reach::All, narrow)
    }

    fn narrowed(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        reach: Reach,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        let Self { table, thing, rows, alias, .. } = self;
        let mut conditions = Conditions::after([agency.uuid().into(), uuid::Uuid::nil().into()]);
        let older = before.map(|before| format!(" AND v.{thing} < ${}", conditions.bind(before.uuid())));
        let older = older.unwrap_or_default();
        narrow(&mut conditions);
        let known = self.knows(&conditions);
        let edge =
            |within: &str, size| self.edge(&format!("v.{thing}"), "DESC", &format!("{within}{older}"), size, "$2");
        let reach = match reach {
            // How far down a page reaches is known where the rows need not be looked at.
            Reach::Page if known => edge(conditions.text(), size),
            Reach::First(first) => edge("", first),
            Reach::Page | Reach::All => "$2".to_owned(),
        };
        // Ids first: only the rows of the page are read whole.
        let sql = Sql::composed(format!(
            "SELECT {columns} FROM (SELECT DISTINCT v.{thing} FROM directory_scopes z \
             JOIN {table} v ON v.agency_id = z.descendant {} \
             WHERE z.ancestor = $1 AND v.{thing} >= {reach}{older}{} ORDER BY v.{thing} DESC LIMIT {}) page \
             JOIN {rows} {alias} ON {alias}.id = page.{thing} ORDER BY {alias}.id DESC",
            self.joined(known),
            conditions.text(),
            size + 1
        ));
        conditions.bind_to(sql)
    }

    /// The rows that an agency sees whose moment of the kind [`Within::column`] lies within bounds, soonest first, one more than
    /// `size`; otherwise as [`Self::newest`]. `after` is the last one seen.
    pub fn soonest(
        &self,
        columns: &str,
        agency: Id,
        within: &Within,
        after: Option<MomentCursor>,
        size: usize,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        let Self { table, thing, rows, alias, .. } = self;
        let at = format!("v.{}", within.column);
        let mut conditions = Conditions::after([agency.uuid().into(), within.until.into()]);
        if let Some(from) = within.from {
            conditions.and(|n| format!("{at} >= ${n}"), from);
        }
        conditions.beyond((&at, &format!("v.{thing}")), after);
        narrow(&mut conditions);
        let (text, known) = (conditions.text(), self.knows(&conditions));
        let reach =
            if known { self.edge(&at, "ASC", &format!(" AND {at} < $2{text}"), size, "$2") } else { "$2".to_owned() };
        let sql = Sql::composed(format!(
            "SELECT {columns} FROM (SELECT DISTINCT {at} AS moment, v.{thing} FROM directory_scopes z \
             JOIN {table} v ON v.agency_id = z.descendant {} \
             WHERE z.ancestor = $1 AND {at} < $2 AND {at} <= {reach}{text} ORDER BY {at}, v.{thing} LIMIT {}) page \
             JOIN {rows} {alias} ON {alias}.id = page.{thing} ORDER BY page.moment, page.{thing}",
            self.joined(known),
            size + 1
        ));
        conditions.bind_to(sql)
    }

    /// Whether the table alone knows what is asked: no condition names the row.
    fn knows(&self, conditions: &Conditions) -> bool {
        !conditions.text().contains(&format!("{}.", self.alias))
    }

    fn joined(&self, known: bool) -> String {
        let Self { thing, rows, alias, .. } = self;
        if known { String::new() } else { format!("JOIN {rows} {alias} ON {alias}.id = v.{thing}") }
    }

    /// From where on a page of `size` rows and one more is surely full: the last one of it in that agency of the scope which
    /// reaches it soonest, or `otherwise` while no agency alone fills a page. Without it a wide scope sorts all it has.
    fn edge(&self, of: &str, way: &str, conditions: &str, size: usize, otherwise: &str) -> String {
        let Self { table, .. } = self;
        format!(
            "COALESCE((SELECT e.edge FROM (SELECT (SELECT {of} FROM {table} v \
             WHERE v.agency_id = y.descendant{conditions} ORDER BY {of} {way} LIMIT 1 OFFSET {size}) AS edge \
             FROM directory_scopes y WHERE y.ancestor = $1) e WHERE e.edge IS NOT NULL ORDER BY e.edge {way} LIMIT 1), {otherwise})"
        )
    }
}

/// How far down a list is looked.
enum Reach {
    /// As far as one agency fills a page.
    Page,
    /// As far as one agency has so many rows, whatever they are.
    First(usize),
    All,
}

/// Bounds of a moment that a table keeps of its rows ([`Sharing::copied`]), along an index of `agency_id`, the moment and the
/// row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    pub column: &'static str,
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: DateTime<Utc>,
}
