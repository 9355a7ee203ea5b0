use base::Id;
use contracts::Answer;

use crate::access::Access;
use crate::app::App;

/// The sides of the program that a person can stand before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// People and enterprises: the bar at the top.
    Citizen,
    /// Officers: a group of the menu at the side, by the key of its title.
    Desk(&'static str),
}

/// One entry of a menu.
#[derive(Clone, Copy, Debug)]
pub struct MenuEntry {
    pub face: Face,
    pub text: &'static str,
    pub path: &'static str,
    pub access: Access,
    /// What waits behind it for the person who looks.
    pub count: Option<Count>,
}

/// Counts what waits for a person; asked with every page, so it must be one look into an index.
pub type Count = for<'a> fn(&'a App, Id) -> Answer<'a, i64>;
