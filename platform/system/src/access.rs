use base::PositionKind;

/// Who may come in by a route. Every route has one; there is no default.
///
/// It is the outer door only: which rows one sees is decided in each query, what one may do with a row in each action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, signed in or not.
    Public,
    /// A person or an enterprise that has signed in.
    Citizen,
    /// Anyone who has signed in.
    SignedIn,
    /// Any officer, in whatever position.
    Officer,
    /// An officer whose position holds this permission.
    Needs(&'static str),
    /// A program with this scope, by token.
    Client(&'static str),
}

/// Something an officer may do, and the kinds of position that may do it unless a province says otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// System and verb: `dossiers.receive`. Its name on screen is the text `permission-dossiers-receive`.
    pub key: &'static str,
    pub held_by: &'static [PositionKind],
}

impl Permission {
    pub const fn new(key: &'static str, held_by: &'static [PositionKind]) -> Self {
        Self { key, held_by }
    }
}
