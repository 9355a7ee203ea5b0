//! All systems of the product, one line each, in the order of their menus.

use system::System;

pub(crate) fn all() -> Vec<System> {
    vec![
        journal_system(),
        worktime_system(),
        flow::system(),
        procedures::system(),
        dossiers::system(),
        queue::system(),
        payments::system(),
        post::system(),
        national::system(),
        feedback::system(),
        petitions::system(),
        performance::system(),
        sign::system(),
        directory::system(),
        identity::system(),
        exchange::system(),
        notify::system(),
        complaints::system(),
    ]
}

/// The journal shows itself on others' pages and has none of its own.
fn journal_system() -> System {
    System::new("journal").migrations(journal::MIGRATIONS)
}

/// Clocks show themselves on the pages of what they belong to.
fn worktime_system() -> System {
    System::new("worktime").migrations(worktime::MIGRATIONS)
}
