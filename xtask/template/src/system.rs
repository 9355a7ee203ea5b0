use system::{Access, Face, System};

use crate::access::{PERMISSIONS, READ};
use crate::{MIGRATIONS, pages};

/// What the system is for, in one sentence.
pub fn system() -> System {
    System::new("samples")
        .permissions(PERMISSIONS)
        .menu(Face::Desk("samples-menu-group"), "samples-menu-list", "/samples", Access::Needs(READ))
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
