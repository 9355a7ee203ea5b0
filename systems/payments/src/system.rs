use std::sync::Arc;

use contracts::crossing::Crossing;
use contracts::figures::PaidOnline;
use contracts::questions::Payments;
use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, READ, RECONCILE};
use crate::{actions, api, listens, migrations, pages, queries};

/// Payments: charges, attempts by gateway, transfer and cash, receipts, refunds.
pub fn system() -> System {
    System::new("payments")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "payments-menu-mine", "/thanh-toan", Access::Citizen)
        .menu(Face::Desk("payments-menu-desk"), "payments-menu-list", "/thanh-toan-xu-ly", Access::Needs(READ))
        .menu(
            Face::Desk("payments-menu-desk"),
            "payments-menu-statements",
            "/thanh-toan-xu-ly/doi-soat",
            Access::Needs(RECONCILE),
        )
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::ALL)
        .on("payments.open-when-due", &["dossiers.payment-due"], listens::payment_due)
        .on(
            "payments.give-back-when-stopped",
            &["dossiers.not-received", "dossiers.stopped", "dossiers.withdrawn"],
            listens::dossier_stopped,
        )
        .every(Every::Round, "payments-receipts", actions::make_receipts)
        .every(Every::Round, "payments-silent", actions::ask_about_silent)
        .answers(|app, questions| {
            questions.answer::<dyn Payments>(Arc::new(queries::Asked::new(app.store.clone())));
            questions.answer::<dyn PaidOnline>(Arc::new(queries::Online::new(app.clone())));
            questions.answer_also::<dyn Crossing>(Arc::new(queries::paid(app.store.clone())));
        })
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
