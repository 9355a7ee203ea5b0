use std::sync::Arc;

use contracts::figures::{FeedbackHandled, ReportFacts};
use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{actions, api, listens, migrations, pages, queries};

/// Feedback: report, read, handle, answer in public, reopen.
pub fn system() -> System {
    System::new("feedback")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "feedback-menu-public", "/phan-anh", Access::Public)
        .menu(Face::Desk("feedback-menu-desk"), "feedback-menu-list", "/phan-anh-xu-ly", Access::Needs(READ))
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::ALL)
        .on("feedback.follow-agency", &["directory.agency-succeeded"], listens::agency_succeeded)
        .every(Every::Minute, "feedback-tell-joined", actions::tell_joined)
        .every(Every::Hour, "feedback-digest", actions::digest)
        .every(Every::Hour, "feedback-close", actions::close_answered)
        .answers(|app, questions| {
            let asked = Arc::new(queries::Asked::new(app.store.clone()));
            questions.answer::<dyn FeedbackHandled>(asked.clone());
            questions.answer::<dyn ReportFacts>(asked);
        })
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
