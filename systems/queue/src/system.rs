use system::{Access, Face, System};

use crate::access::{PERMISSIONS, READ, SERVE};
use crate::{migrations, pages};

/// Queues: tickets, counters that call them, the screen that shows who is called.
pub fn system() -> System {
    System::new("queue")
        .permissions(PERMISSIONS)
        .menu(Face::Citizen, "queue-menu", "/lay-so", Access::Public)
        .menu(Face::Desk("queue-menu-desk"), "queue-menu-counters", "/quay", Access::Needs(SERVE))
        .menu(Face::Desk("queue-menu-desk"), "queue-menu-figures", "/quay/so-lieu", Access::Needs(READ))
        .pages(pages::routes())
        .migrations(migrations::ALL)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
