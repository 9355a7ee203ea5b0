//! Who somebody is: accounts, sessions, second factor, permissions, tokens; sign-in of officers and citizens.
//!
//! Other crates meet it as [`Authenticator`] (a request becomes a [`system::Caller`]) and as the pages under
//! `/dang-nhap`, `/dang-ky` and `/tai-khoan`. What a person *is called* and which positions they hold is `directory`'s.

pub mod access;
mod account;
pub mod actions;
mod authenticator;
mod demo;
mod link;
mod lockout;
mod login;
mod migrations;
mod pages;
mod part;
mod password;
mod policy;
pub mod queries;
mod secret;
mod signs_of_life;
mod system;
mod totp;

#[cfg(test)]
mod tests;

pub use account::{Account, AccountKind, Stage};
pub use authenticator::Authenticator;
pub use demo::{DemoAccount, DemoAccounts};
pub use link::LinkSecret;
pub use login::{Contact, Login};
pub use migrations::MIGRATIONS;
pub use part::{Identity, SendCode};
pub use password::{Hashing, PasswordHash};
pub use policy::{Lockout, Policy};
pub use secret::{SessionSecret, TokenSecret};
pub use system::system;
