use std::sync::Arc;

use contracts::crossing::{Crossing, Posts};
use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{actions, api, listens, migrations, pages, queries};

/// Post: papers fetched from home, results brought there, and where they are.
pub fn system() -> System {
    System::new("post")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("post-menu-desk"), "post-menu-list", "/buu-chinh-xu-ly", Access::Needs(READ))
        .menu(Face::Desk("post-menu-desk"), "post-menu-hand-over", "/buu-chinh-xu-ly/ban-giao", Access::Needs(READ))
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::ALL)
        .on("post.send-when-finished", &["dossiers.finished"], listens::finished)
        .on(
            "post.call-off-when-ended",
            &["dossiers.not-received", "dossiers.stopped", "dossiers.withdrawn", "dossiers.returned"],
            listens::ended,
        )
        .every(Every::Minute, "post-silent", actions::ask_about_silent)
        .answers(|app, questions| {
            questions.answer::<dyn Posts>(Arc::new(queries::Asked::new(app.clone())));
            questions.answer_also::<dyn Crossing>(Arc::new(queries::carried(app.store.clone())));
        })
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
