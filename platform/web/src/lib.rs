//! Pages and the API's outer shape: layout, texts, forms with their token, errors as pages or problems, assets.
//!
//! A handler returns what stands inside the page; the shell around it (menu, language, flash, demo strip) is put on
//! when the answer leaves, so that no page can forget it.

pub mod api;
mod assets;
mod errors;
mod extract;
#[expect(clippy::inline_always, reason = "the macro that makes filters writes them so")]
pub mod filters;
mod flash;
mod form;
mod layout;
mod links;
mod phrases;
mod router;
mod security;
mod sent;
pub mod sheet;
mod shell;
pub mod testing;
mod texts;
mod visitor;
mod wrong;

pub use errors::{Answer, Failure};
pub use extract::{Path, Query};
pub use flash::{Flash, redirect, redirect_with};
pub use form::{Form, Upload, UploadPart};
pub use layout::Site;
pub use links::{Choice, Pick, address};
pub use phrases::{date, moment, time_of_day, weekday};
pub use router::router;
pub use security::SESSION_COOKIE;
pub use sent::Sent;
pub use shell::{Host, Secure};
pub use texts::{Lang, Texts};
pub use visitor::Visitor;
pub use wrong::{Errors, Wrong};

/// The fixed words of every page.
pub const TEXTS: &[system::Texts] = &[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))];
