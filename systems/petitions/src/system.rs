use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{actions, listens, migrations, pages};

/// Voter petitions: collect, classify, join, assign, answer in public, follow up.
pub fn system() -> System {
    System::new("petitions")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "petitions-menu-public", "/kien-nghi-cu-tri", Access::Public)
        .menu(Face::Desk("petitions-menu-desk"), "petitions-menu-list", "/kien-nghi-cu-tri-xu-ly", Access::Needs(READ))
        .menu(
            Face::Desk("petitions-menu-desk"),
            "petitions-menu-meetings",
            "/kien-nghi-cu-tri-xu-ly/ky-hop",
            Access::Needs(READ),
        )
        .pages(pages::routes())
        .migrations(migrations::ALL)
        .on("petitions.follow-agency", &["directory.agency-succeeded"], listens::agency_succeeded)
        .every(Every::Hour, "petitions-road-maps", actions::watch_road_maps)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
