use system::{Access, Every, Face, System};

use crate::access::{PERMISSIONS, REORGANISE};
use crate::{MIGRATIONS, actions, pages};

/// The directory: agencies through time, units, positions, people.
pub fn system() -> System {
    System::new("directory")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("directory-menu-group"), "directory-menu-agencies", "/co-quan", Access::Officer)
        .menu(Face::Desk("flow-menu-mine"), "directory-menu-stand-ins", "/vang-mat", Access::Officer)
        .menu(
            Face::Desk("identity-menu-group"),
            "directory-menu-plans",
            "/quan-tri/to-chuc-lai",
            Access::Needs(REORGANISE),
        )
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .every(Every::Round, "directory-reorganise", actions::go_on)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
