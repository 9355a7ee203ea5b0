use system::{Access, Face, System};

use crate::{MIGRATIONS, TEXTS, pages};

/// Signatures: whose key signs, and the page that judges a signed PDF.
pub fn system() -> System {
    System::new("sign")
        .menu(Face::Citizen, "sign-menu-verify", "/kiem-tra-chu-ky", Access::Public)
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .texts(TEXTS)
}
