use std::sync::Arc;

use contracts::crossing::Crossing;
use contracts::figures::NationallyKnown;
use system::{Access, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{api, listens, migrations, pages, queries};

/// What changes a dossier or a step of it.
const CHANGES: &[&str] = &[
    "dossiers.submitted",
    "dossiers.received",
    "dossiers.not-received",
    "dossiers.taken-up",
    "dossiers.step-done",
    "dossiers.supplement-asked",
    "dossiers.supplement-answered",
    "dossiers.payment-asked",
    "dossiers.moved",
    "dossiers.paid",
    "dossiers.withdrawal-asked",
    "dossiers.withdrawal-refused",
    "dossiers.withdrawn",
    "dossiers.stopped",
    "dossiers.finished",
    "dossiers.returned",
];

/// The national portal: dossiers told there, and filed there.
pub fn system() -> System {
    System::new("national")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("national-menu-desk"), "national-menu-told", "/lien-thong-quoc-gia", Access::Needs(READ))
        .menu(
            Face::Desk("national-menu-desk"),
            "national-menu-arrivals",
            "/lien-thong-quoc-gia/tiep-nhan",
            Access::Needs(READ),
        )
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::ALL)
        .on("national.tell", CHANGES, listens::changed)
        .answers(|app, questions| {
            questions.answer::<dyn NationallyKnown>(Arc::new(queries::Known::new(app.store.clone())));
            questions.answer_also::<dyn Crossing>(Arc::new(queries::synchronised(app.store.clone())));
        })
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
