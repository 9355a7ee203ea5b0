use store::Migration;

pub(crate) const ALL: &[Migration] =
    &[Migration::new("national_0001_national", include_str!("../migrations/0001_national.sql"))];
