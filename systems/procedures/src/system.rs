use system::{Access, Face, System};

use crate::access::{MANAGE, PERMISSIONS};
use crate::{api, catalogue, migrations, pages};

/// The catalogue of procedures: what a province's people can ask for, on which terms, and where.
pub fn system() -> System {
    System::new("procedures")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "procedures-menu", "/thu-tuc", Access::Public)
        .menu(Face::Desk("procedures-menu-group"), "procedures-menu", "/thu-tuc", Access::Officer)
        .menu(
            Face::Desk("procedures-menu-group"),
            "procedures-menu-versions",
            "/quan-tri/thu-tuc",
            Access::Needs(MANAGE),
        )
        .menu(Face::Desk("procedures-menu-group"), "procedures-drafts", "/quan-tri/thu-tuc-soan", Access::Needs(MANAGE))
        .pages(pages::routes())
        .api(api::routes())
        .migrations(migrations::MIGRATIONS)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
        .answers(catalogue::register)
}
