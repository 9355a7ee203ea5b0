use system::System;

use crate::access::PERMISSIONS;
use crate::{listens, migrations};

/// Figures: facts and sums kept from what others tell, indicators, statistics.
pub fn system() -> System {
    System::new("performance")
        .permissions(PERMISSIONS)
        .migrations(migrations::ALL)
        .on("performance.count-dossier", listens::DOSSIERS, listens::dossier_changed)
        .on("performance.count-payment", &["payments.paid"], listens::charge_paid)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
