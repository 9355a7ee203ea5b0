use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, RECONCILE};
use crate::{MIGRATIONS, pages, run};

/// The delivery ledger: what goes outside, in which state it is, and who sees to what got stuck.
pub fn system() -> System {
    System::new("exchange")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("identity-menu-group"), "exchange-menu", "/quan-tri/chuyen-giao", Access::Needs(RECONCILE))
        .menu(
            Face::Desk("identity-menu-group"),
            "exchange-crossings-menu",
            "/quan-tri/doi-soat",
            Access::Needs(RECONCILE),
        )
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .every(Every::Round, "exchange-deliver", |app| Box::pin(run(app)))
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
