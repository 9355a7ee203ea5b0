use base::{Id, Result};
use system::{App, Officer, Permission, PositionKind};

/// To see what went out and what did not, to send again and to call off.
pub const RECONCILE: &str = "exchange.reconcile";

pub const PERMISSIONS: &[Permission] = &[Permission::new(RECONCILE, &[PositionKind::Administrator])];

/// Which lines of the ledger somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of them, those of no agency and the program's own trouble among them.
    Whole,
    /// Those that this agency or one in its scope answers for.
    Of(Id),
}

/// Administrators see their agency's scope; those of the province's committee, which runs the program, see all.
pub async fn sight(app: &App, officer: &Officer) -> Result<Sight> {
    let agency = directory::queries::agency(app.store.read(), officer.agency).await?;
    let runs_it = agency.is_some_and(|agency| agency.code == app.settings.province.code);
    Ok(if runs_it { Sight::Whole } else { Sight::Of(officer.agency) })
}

impl Sight {
    /// The agency to bind to the parameter of [`Sight::condition`].
    pub(crate) const fn agency(self) -> Option<Id> {
        match self {
            Self::Whole => None,
            Self::Of(agency) => Some(agency),
        }
    }

    /// For `WHERE`, over the deliveries called `d`; `$parameter` is bound in either case.
    pub(crate) fn condition(self, parameter: usize) -> String {
        match self {
            // PostgreSQL wants to know the type of a parameter even where its value does not matter.
            Self::Whole => format!("CAST(${parameter} AS uuid) IS NULL"),
            Self::Of(_) => directory::queries::within_sql("d.agency_id", parameter),
        }
    }
}
