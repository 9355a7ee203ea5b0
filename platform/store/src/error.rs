use base::Error;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

fn database_error(error: &Error) -> Option<&DbErr> {
    match error {
        Error::Inside(inside) => inside.downcast_ref::<DbErr>(),
        _ => None,
    }
}

/// Whether a write met a row that exists already, by a unique key.
pub fn is_duplicate(error: &Error) -> bool {
    database_error(error).is_some_and(|error| matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
}

/// Whether the same call may go through later: a lock not had in time, a deadlock, a full pool, a lost connection.
pub fn is_busy(error: &Error) -> bool {
    if matches!(error, Error::Busy) {
        return true;
    }
    match database_error(error) {
        Some(DbErr::ConnectionAcquire(_)) => true,
        Some(DbErr::Conn(inner) | DbErr::Exec(inner) | DbErr::Query(inner)) => is_passing(inner),
        _ => false,
    }
}

fn is_passing(error: &RuntimeErr) -> bool {
    const SQLITE_BUSY: &[&str] = &["5", "6", "261", "517"];
    const POSTGRES: &[&str] = &["40001", "40P01", "55P03", "57P01", "57P03", "53300"];
    let RuntimeErr::SqlxError(error) = error else { return false };
    match &**error {
        sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| SQLITE_BUSY.contains(&&*code) || POSTGRES.contains(&&*code))
        }
        _ => false,
    }
}

/// Lifts what a caller can act on out of the ORM's error.
pub(crate) fn classify(error: Error) -> Error {
    if is_busy(&error) { Error::Busy } else { error }
}
