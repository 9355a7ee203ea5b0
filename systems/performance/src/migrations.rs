use store::Migration;

pub(crate) const ALL: &[Migration] =
    &[Migration::new("performance_0001_facts", include_str!("../migrations/0001_facts.sql"))];
