use base::Id;
use contracts::Answer;
use system::{Access, App, Face, System};

use crate::{MIGRATIONS, pages};

/// Telling people: in the program and by mail.
pub fn system() -> System {
    System::new("notify")
        .menu_counting(Face::Citizen, "notify-menu", "/thong-bao", Access::SignedIn, waiting)
        .menu_counting(Face::Desk("flow-menu-mine"), "notify-menu", "/thong-bao", Access::SignedIn, waiting)
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}

fn waiting(app: &App, person: Id) -> Answer<'_, i64> {
    Box::pin(crate::queries::unread(app.store.read(), person))
}
