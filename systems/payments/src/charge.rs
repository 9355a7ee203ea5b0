//! A charge (khoản thu): what is owed, in which state it is, and how somebody tried to pay it.

use base::Id;
use chrono::{DateTime, Utc};

/// Where a charge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for the payer.
    Open,
    /// An attempt is under way.
    Paying,
    Paid,
    /// It was paid, and is to be given back.
    RefundAsked,
    Refunded,
    /// Nothing is due any more.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Paying, Self::Paid, Self::RefundAsked, Self::Refunded, Self::Cancelled];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paying => "paying",
            Self::Paid => "paid",
            Self::RefundAsked => "refund-asked",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether `next` may follow. Money that comes for what was cancelled meanwhile goes back.
    pub const fn allows(self, next: Self) -> bool {
        use State::{Cancelled, Open, Paid, Paying, RefundAsked, Refunded};
        match self {
            Open => matches!(next, Paying | Paid | Cancelled),
            Paying => matches!(next, Open | Paid | Cancelled),
            Paid | Cancelled => matches!(next, RefundAsked),
            RefundAsked => matches!(next, Refunded),
            Refunded => false,
        }
    }

    /// Whether somebody still has to pay.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Paying)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Open => "payments-state-open",
            Self::Paying => "payments-state-paying",
            Self::Paid => "payments-state-paid",
            Self::RefundAsked => "payments-state-refund-asked",
            Self::Refunded => "payments-state-refunded",
            Self::Cancelled => "payments-state-cancelled",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::RefundAsked => "warn",
            Self::Paid => "ok",
            Self::Paying | Self::Refunded | Self::Cancelled => "wait",
        }
    }
}

/// How money comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Through the payment gateway.
    Gateway,
    /// To the agency's bank account, by a VietQR code.
    Transfer,
    /// At the desk.
    Cash,
}

impl Way {
    pub const ALL: [Self; 3] = [Self::Gateway, Self::Transfer, Self::Cash];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Transfer => "transfer",
            Self::Cash => "cash",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Gateway => "payments-way-gateway",
            Self::Transfer => "payments-way-transfer",
            Self::Cash => "payments-way-cash",
        }
    }
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    pub id: Id,
    /// As people know it: the code of the dossier.
    pub code: String,
    /// What it is for: `dossier`, and its id.
    pub subject_kind: String,
    pub subject: Id,
    /// The person who owes it, and the account that filed what it is for.
    pub payer: Id,
    pub filed_by: Option<Id>,
    /// Whose income it is.
    pub agency: Id,
    /// Whole đồng, the sum of its items.
    pub amount: i64,
    pub state: State,
    pub asked_at: DateTime<Utc>,
    pub paid_at: Option<DateTime<Utc>>,
    pub paid_by: Option<Way>,
    pub refunded_at: Option<DateTime<Utc>>,
    /// Of the bank or the cash desk.
    pub refund_reference: Option<String>,
}

/// One fee of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    /// `phi`, `le-phi` or `duty`.
    pub kind: String,
    pub name: String,
    /// Whole đồng.
    pub amount: i64,
}

/// One try to pay a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub id: Id,
    pub charge: Id,
    /// By which gateway and bank know it: `H32.15-261120-0001-1`.
    pub order: String,
    pub way: Way,
    pub amount: i64,
    pub state: Tried,
    pub started_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Of the gateway or the bank.
    pub transaction: Option<String>,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// Nobody knows yet.
    Begun,
    Paid,
    /// Given up or refused.
    Failed,
}

impl Tried {
    pub const ALL: [Self; 3] = [Self::Begun, Self::Paid, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Paid => "paid",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Begun => "payments-tried-begun",
            Self::Paid => "payments-tried-paid",
            Self::Failed => "payments-tried-failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_follow_each_other_as_the_table_says() {
        use State::{Cancelled, Open, Paid, Paying, RefundAsked, Refunded};
        let table: [(State, &[State]); 6] = [
            (Open, &[Paying, Paid, Cancelled]),
            (Paying, &[Open, Paid, Cancelled]),
            (Paid, &[RefundAsked]),
            (RefundAsked, &[Refunded]),
            (Refunded, &[]),
            (Cancelled, &[RefundAsked]),
        ];
        for (from, allowed) in table {
            assert_eq!(State::parse(from.as_str()), Some(from));
            for to in State::ALL {
                assert_eq!(from.allows(to), allowed.contains(&to), "{from:?} → {to:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_walk_gives_back_what_did_not_come_or_takes_twice(
            steps in proptest::collection::vec(0..State::ALL.len(), 0..40)
        ) {
            let (mut state, mut came) = (State::Open, 0);
            for step in steps {
                let next = State::ALL[step];
                if state.allows(next) {
                    prop_assert!(state != State::Refunded);
                    // Money that comes after the charge was cancelled is asked back in the same breath.
                    came += i32::from(next == State::Paid || (state, next) == (State::Cancelled, State::RefundAsked));
                    prop_assert!(came <= 1);
                    prop_assert!(next != State::Refunded || came == 1);
                    state = next;
                }
            }
        }
    }
}
