/// An account that the page of signing in offers with one click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoAccount {
    /// Key of the heading it stands under: `demo-group-desk`.
    pub group: String,
    pub login: String,
    pub password: String,
    pub name: String,
    /// Position and agency, or what a citizen has going on.
    pub role: String,
}

/// The accounts of a demo province, in the order shown; one of the program's [`system::Parts`], in a demo only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DemoAccounts(pub Vec<DemoAccount>);
