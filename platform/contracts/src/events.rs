//! Events as other systems read them: ids, states, numbers, agencies and dates; never a person's data.

use base::Id;
use serde::{Deserialize, Serialize};

/// The state of a dossier as the national portal counts it (1 to 10), told with each change of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierChanged {
    pub code: String,
    pub procedure: String,
    pub agency: Id,
    pub state: u8,
    /// RFC 3339, set when a date was promised or promised anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<String>,
    /// Number and notation of the result, once it has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result_number: Option<String>,
}
