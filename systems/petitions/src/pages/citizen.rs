//! What everybody sees: petitions by place, meeting, field and state, and how they were answered.

mod data;
mod figures;
mod list;
mod show;

use system::Access;

use ::system::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/kien-nghi-cu-tri", Access::Public, list::page)
        .get("/kien-nghi-cu-tri/thong-ke", Access::Public, figures::page)
        .get("/kien-nghi-cu-tri/du-lieu.csv", Access::Public, data::csv)
        .get("/kien-nghi-cu-tri/{code}", Access::Public, show::page)
        .example("public-petition", &[])
}
