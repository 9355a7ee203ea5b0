//! The rules of the desk that are data, read once.

use std::sync::OnceLock;

use base::Result;
use province::DeskRules;

/// # Errors
/// When the rules that the program holds cannot be read.
pub(crate) fn rules() -> Result<&'static DeskRules> {
    static RULES: OnceLock<DeskRules> = OnceLock::new();
    if let Some(known) = RULES.get() {
        return Ok(known);
    }
    let read = DeskRules::load()?;
    Ok(RULES.get_or_init(|| read))
}
