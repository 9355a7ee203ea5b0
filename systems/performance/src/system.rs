use system::{Access, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{listens, migrations, pages};

/// Figures: facts and sums kept from what others tell, indicators, statistics.
pub fn system() -> System {
    System::new("performance")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "performance-menu-public", "/ket-qua-phuc-vu", Access::Public)
        .menu(Face::Desk("performance-menu-desk"), "performance-menu-statistics", "/thong-ke", Access::Needs(READ))
        .pages(pages::routes())
        .api(pages::api())
        .migrations(migrations::ALL)
        .on("performance.count-dossier", listens::DOSSIERS, listens::dossier_changed)
        .on("performance.count-payment", &["payments.paid"], listens::charge_paid)
        .on("performance.count-known", &["national.told"], listens::known_nationally)
        .on("performance.count-report", listens::REPORTS, listens::report_changed)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
