use system::{Access, Every, Face, Routes, System};

use crate::{actions, pages};

/// The inbox: every officer's open work of every system in one list.
pub fn system() -> System {
    System::new("flow")
        .menu(Face::Desk("flow-menu-mine"), "flow-menu-inbox", "/viec", Access::Officer)
        .pages(
            Routes::new()
                .get("/viec", Access::Officer, pages::inbox)
                .post("/viec/nhan-tiep", Access::Officer, pages::claim_next)
                .example("pile", &[])
                .post("/viec/{step}/nhan", Access::Officer, pages::claim)
                .example("step-to-take", &[])
                .post("/viec/{step}/tra-lai", Access::Officer, pages::release)
                .example("step-taken", &[]),
        )
        .migrations(crate::MIGRATIONS)
        .on("flow.follow-agency", &["directory.agency-succeeded"], actions::follow_agency)
        .every(Every::Minute, "flow-calendar", actions::follow_calendar)
        .every(Every::Minute, "flow-remind", actions::remind)
        .every(Every::Minute, "flow-late-parts", actions::tell_late_parts)
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}
