use system::{Access, Face, System};

use crate::access::PERMISSIONS;
use crate::{MIGRATIONS, pages};

/// The directory: agencies through time, units, positions, people.
pub fn system() -> System {
    System::new("directory")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("directory-menu-group"), "directory-menu-agencies", "/co-quan", Access::Officer)
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
