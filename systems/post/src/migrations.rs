use store::Migration;

pub(crate) const ALL: &[Migration] =
    &[Migration::new("post_0001_orders", include_str!("../migrations/0001_orders.sql"))];
