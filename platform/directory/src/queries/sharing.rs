use base::Id;
use store::orm::Value;
use store::{Conditions, Sql};

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
    /// Whether the table has the row's `state` as well, and an index along `agency_id`, `state`, `thing`: for lists of one
    /// state that are much longer than a page.
    pub with_state: bool,
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
    /// row by its alias.
    pub fn newest(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        self.narrowed(columns, agency, before, size, None, narrow)
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
        self.narrowed(columns, agency, before, size, Some(first), narrow)
    }

    fn narrowed(
        &self,
        columns: &str,
        agency: Id,
        before: Option<Id>,
        size: usize,
        first: Option<usize>,
        narrow: impl FnOnce(&mut Conditions),
    ) -> Sql {
        let Self { table, thing, rows, alias, .. } = self;
        let mut conditions = Conditions::after([agency.uuid().into(), uuid::Uuid::nil().into()]);
        let older = before.map(|before| format!(" AND v.{thing} < ${}", conditions.bind(before.uuid())));
        let older = older.unwrap_or_default();
        narrow(&mut conditions);
        // How far down a page reaches is known only where nothing is left out.
        let first = if conditions.is_empty() { Some(size) } else { first };
        let joined = if conditions.is_empty() {
            String::new()
        } else {
            format!("JOIN {rows} {alias} ON {alias}.id = v.{thing}")
        };
        let reach = first.map_or_else(|| "$2".to_owned(), |first| self.newest_of_one_agency("", &older, first));
        // Ids first: only the rows of the page are read whole.
        let sql = Sql::composed(format!(
            "SELECT {columns} FROM (SELECT DISTINCT v.{thing} FROM directory_scopes z \
             JOIN {table} v ON v.agency_id = z.descendant {joined} \
             WHERE z.ancestor = $1 AND v.{thing} >= {reach}{older}{} ORDER BY v.{thing} DESC LIMIT {}) page \
             JOIN {rows} {alias} ON {alias}.id = page.{thing} ORDER BY {alias}.id DESC",
            conditions.text(),
            size + 1
        ));
        conditions.bind_to(sql)
    }

    /// The newest rows in one state that an agency sees, of a table [`Self::with_state`]; otherwise as [`Self::newest`]
    /// without any condition.
    pub fn newest_in_state(
        &self,
        columns: &str,
        agency: Id,
        state: impl Into<Value>,
        before: Option<Id>,
        size: usize,
    ) -> Sql {
        let Self { table, thing, rows, alias, .. } = self;
        let mut conditions = Conditions::after([agency.uuid().into(), uuid::Uuid::nil().into(), state.into()]);
        if let Some(before) = before {
            conditions.and(|n| format!("v.{thing} < ${n}"), before.uuid());
        }
        let older = conditions.text();
        let reach = self.newest_of_one_agency(" AND v.state = $3", older, size);
        let sql = Sql::composed(format!(
            "SELECT {columns} FROM (SELECT DISTINCT v.{thing} FROM directory_scopes z \
             JOIN {table} v ON v.agency_id = z.descendant \
             WHERE z.ancestor = $1 AND v.state = $3{older} AND v.{thing} >= {reach} ORDER BY v.{thing} DESC LIMIT {}) page \
             JOIN {rows} {alias} ON {alias}.id = page.{thing} ORDER BY {alias}.id DESC",
            size + 1
        ));
        conditions.bind_to(sql)
    }

    /// From where on a page of `size` rows and one more is surely full: the last id of it in that agency of the scope
    /// which reaches it soonest, or nothing (`$2`) while no agency alone fills a page. Without it a wide scope sorts all
    /// it has.
    fn newest_of_one_agency(&self, in_state: &str, older: &str, size: usize) -> String {
        let Self { table, thing, .. } = self;
        format!(
            "COALESCE((SELECT e.edge FROM (SELECT (SELECT v.{thing} FROM {table} v \
             WHERE v.agency_id = y.descendant{in_state}{older} ORDER BY v.{thing} DESC LIMIT 1 OFFSET {size}) AS edge \
             FROM directory_scopes y WHERE y.ancestor = $1) e WHERE e.edge IS NOT NULL ORDER BY e.edge DESC LIMIT 1), $2)"
        )
    }
}
