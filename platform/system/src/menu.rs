use crate::access::Access;

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
}
