//! Telling people: a message on their page in the program, and a mail when they have a mailbox.
//!
//! [`tell`] writes the message in the transaction of the change that it tells of. The mail is a delivery of the
//! ledger ([`exchange`]) that carries only the message's id: mailbox and words are looked up when it is sent, so the
//! ledger keeps nobody's data. A message names a code and a place to look; it never repeats what stands there.

mod actions;
mod mail;
mod message;
mod migrations;
mod pages;
mod queries;
mod system;
#[cfg(test)]
mod tests;

pub use actions::tell;
pub use mail::{SMTP, Smtp};
pub use message::{Message, To};
pub use migrations::MIGRATIONS;
pub use queries::unread;
pub use system::system;
