use ::system::Routes;

pub(crate) fn routes() -> Routes { Routes::new() }
