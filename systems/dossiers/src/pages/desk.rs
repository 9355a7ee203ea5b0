use ::system::Routes;

pub(super) fn routes() -> Routes { Routes::new() }
