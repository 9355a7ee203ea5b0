use serde::{Deserialize, Serialize};

/// `components.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Components {
    #[serde(default)]
    pub(super) component: Vec<Component>,
}

/// Thành phần hồ sơ: a paper of the dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Unique within the package.
    pub code: String,
    pub name: String,
    pub originals: u8,
    pub copies: u8,
    /// The dossier is not complete without it (where `when` holds, if it is given).
    pub required: bool,
    /// Asked only when the form says so.
    #[serde(default)]
    pub when: Option<When>,
    /// When it is needed, for people to read; for what `required = false` leaves to judgement.
    #[serde(default)]
    pub condition: Option<String>,
    /// Name of the declared form the paper follows.
    #[serde(default)]
    pub form: Option<String>,
    /// What was answered in the form is this paper; nobody hands it in.
    #[serde(default)]
    pub declared: bool,
    pub accepts: Vec<FileKind>,
    /// A result of this name already held by the province can stand for it.
    #[serde(default)]
    pub reuse: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A condition on the form, written as in `form.ui.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Path from the root of the form: `child.birth_place_kind`.
    pub field: String,
    #[serde(default)]
    pub equals: Option<serde_json::Value>,
    #[serde(default, rename = "in")]
    pub one_of: Vec<serde_json::Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    Pdf,
    Jpg,
    Png,
    Docx,
    Xlsx,
    Dwg,
}
