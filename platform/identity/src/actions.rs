//! Writes. One function is one transaction and one entry in the journal, unless it takes the transaction of its caller.

mod accounts;
mod administer;
mod attempts;
mod grants;
mod organisations;
mod register;
mod second_factor;
mod sessions;
mod sign_in;
mod strangers;
mod tokens;

pub(crate) use accounts::follow_appointment;
pub use accounts::{
    NewCitizen, NewOfficer, change_password, create_citizen, create_client, create_officer, is_own_password,
    raise_assurance,
};
pub use administer::{block, remove_second_factor, reset_password, unblock};
pub(crate) use attempts::sweep_attempts;
pub use grants::{GrantTo, NewGrant, grant};
pub(crate) use organisations::ASSURANCE;
pub use organisations::{
    Confirmed as ConfirmedRepresentative, Named, confirm_representative, end_confirmed, name_representative, take_back,
};
pub(crate) use register::sweep_registrations;
pub use register::{Begun, Claim, Confirmed, begin_registration, confirm_registration};
pub use second_factor::{Confirmation, confirm_enrolment, drop_second_factor, enrol_totp, start_enrolment};
pub use sessions::{Browser, Opened, revoke, revoke_others, sign_out, switch_position};
pub(crate) use sessions::{lasts_until, sweep_sessions};
pub use sign_in::{Refusal, SignIn, Step, choose_password, enter_code, enter_enrolment, sign_in};
pub use strangers::count_stranger;
pub(crate) use tokens::sweep_tokens;
pub use tokens::{NewToken, create_token, create_token_for, revoke_token};

use base::Id;
use directory::Holding;
use journal::{Actor, Thing};

use crate::account::Account;

const fn thing(account: Id) -> Thing {
    Thing { kind: "account", id: account }
}

/// The owner of an account, in the position in use.
fn owner(account: &Account, holding: Option<&Holding>) -> Actor {
    Actor {
        account: Some(account.id),
        person: account.person,
        position: holding.map(|holding| holding.position.id),
        agency: holding.map(|holding| holding.position.agency),
        acting_for: holding.and_then(|holding| holding.acting_for),
    }
}
