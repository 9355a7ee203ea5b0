use std::sync::Arc;

use system::{Access, Every, Face, System};

use crate::access::{ASSIGN, ISSUE, PERMISSIONS, READ, RECEIVE, SIGN};
use crate::{actions, api, listens, migrations, pages, queries};

/// Dossiers: file, receive, work, sign, number, return, look up.
pub fn system() -> System {
    System::new("dossiers")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "dossiers-menu-mine", "/ho-so", Access::Citizen)
        .menu(Face::Citizen, "dossiers-menu-papers", "/giay-to-cua-toi", Access::Citizen)
        .menu(Face::Citizen, "dossiers-menu-lookup", "/tra-cuu", Access::Public)
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-counter", "/mot-cua/tiep-nhan", Access::Needs(RECEIVE))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-list", "/mot-cua/ho-so", Access::Needs(READ))
        .menu(
            Face::Desk("dossiers-menu-desk"),
            "dossiers-menu-online",
            "/mot-cua/kiem-tra-truc-tuyen",
            Access::Needs(READ),
        )
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-workload", "/mot-cua/khoi-luong", Access::Needs(ASSIGN))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-offers", "/mot-cua/xin-loi", Access::Needs(READ))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-sign", "/mot-cua/ky", Access::Needs(SIGN))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-number", "/mot-cua/cap-so", Access::Needs(ISSUE))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-return", "/mot-cua/tra-ket-qua", Access::Needs(RECEIVE))
        .menu(Face::Desk("dossiers-menu-desk"), "dossiers-menu-register", "/mot-cua/so-theo-doi", Access::Needs(READ))
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::ALL)
        .every(Every::Round, "dossiers-slips", actions::make_papers)
        .every(Every::Round, "dossiers-results", actions::make_results)
        .every(Every::Hour, "dossiers-offers", actions::offer_apologies)
        .on("dossiers.go-on-when-paid", &["payments.paid"], listens::charge_paid)
        .on("dossiers.follow-agency", &["directory.agency-succeeded"], listens::agency_succeeded)
        .on("dossiers.tell-part-late", &["flow.part-late"], listens::part_late)
        .on("dossiers.return-when-delivered", &["post.delivered"], listens::post_delivered)
        .answers(|app, questions| {
            let asked = Arc::new(queries::Asked::new(app.store.clone()));
            questions.answer::<dyn contracts::questions::Dossiers>(asked.clone());
            questions.answer::<dyn contracts::crossing::ExchangedDossiers>(asked);
            questions.answer::<dyn contracts::crossing::DossierFiling>(Arc::new(actions::Filing(app.clone())));
            questions.answer::<dyn contracts::figures::DossierFacts>(Arc::new(queries::Facts::new(app.store.clone())));
        })
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
