use std::collections::BTreeMap;

/// One entry of a code list or of a field's own choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub title: String,
    /// Heading under which the entry stands in a long list, for example the province of a commune.
    pub group: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, title: impl Into<String>) -> Self {
        Self { value: value.into(), title: title.into(), group: None }
    }

    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// The code lists that fields name with `x-list`, as they are in force now. Entries of one group must stand together.
#[derive(Debug, Clone, Default)]
pub struct Lists(BTreeMap<String, Vec<Choice>>);

impl Lists {
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, choices: Vec<Choice>) -> Self {
        self.0.insert(name.into(), choices);
        self
    }

    /// The entries of a list; an unknown list is empty, so that nothing can be chosen from it.
    pub fn get(&self, name: &str) -> &[Choice] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}
