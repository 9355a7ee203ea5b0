use store::Migration;

pub(crate) const ALL: &[Migration] =
    &[Migration::new("queue_0001_tickets", include_str!("../migrations/0001_tickets.sql"))];
