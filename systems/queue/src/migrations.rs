use store::Migration;

pub(crate) const ALL: &[Migration] = &[
    Migration::new("queue_0001_tickets", include_str!("../migrations/0001_tickets.sql")),
    Migration::new("queue_0002_bookings", include_str!("../migrations/0002_bookings.sql")),
];
