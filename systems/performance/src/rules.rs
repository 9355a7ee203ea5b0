//! The indicators, which are data; read once.

use std::sync::OnceLock;

use base::Result;
use province::Performance;

/// # Errors
/// When the rules that the program holds cannot be read.
pub fn rules() -> Result<&'static Performance> {
    static RULES: OnceLock<Performance> = OnceLock::new();
    if let Some(known) = RULES.get() {
        return Ok(known);
    }
    let read = Performance::load()?;
    Ok(RULES.get_or_init(|| read))
}
