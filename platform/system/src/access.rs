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

/// Something an officer may do, and the positions that may do it unless a province says otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// System and verb: `dossiers.receive`. Its name on screen is the text `permission-dossiers-receive`.
    pub key: &'static str,
    held_by: &'static [PositionKind],
    only_in: Option<&'static str>,
}

impl Permission {
    /// For positions of these kinds in any agency.
    pub const fn new(key: &'static str, held_by: &'static [PositionKind]) -> Self {
        Self { key, held_by, only_in: None }
    }

    /// Only in agencies of this kind: what binds the whole province is not for the staff of one ward to do.
    #[must_use]
    pub const fn only_in(self, agency_kind: &'static str) -> Self {
        Self { only_in: Some(agency_kind), ..self }
    }

    /// Whether a position of this kind in an agency of that kind holds it by itself.
    pub fn is_held(&self, position: PositionKind, agency_kind: &str) -> bool {
        self.held_by.contains(&position) && self.only_in.is_none_or(|only| only == agency_kind)
    }
}
