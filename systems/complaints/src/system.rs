use system::{Access, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{listens, migrations, pages};

/// Petition letters: send, read, verify, decide; the identity of who denounces is sealed.
pub fn system() -> System {
    System::new("complaints")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "complaints-menu-public", "/don-thu", Access::Public)
        .menu(Face::Desk("complaints-menu-desk"), "complaints-menu-list", "/don-thu-xu-ly", Access::Needs(READ))
        .pages(pages::routes())
        .migrations(migrations::ALL)
        .on("complaints.follow-agency", &["directory.agency-succeeded"], listens::agency_succeeded)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
