use system::{Access, Face, System};

use crate::{MIGRATIONS, pages};

/// Telling people: in the program and by mail.
pub fn system() -> System {
    System::new("notify")
        .menu(Face::Citizen, "notify-menu", "/thong-bao", Access::SignedIn)
        .menu(Face::Desk("flow-menu-mine"), "notify-menu", "/thong-bao", Access::SignedIn)
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
