use serde::Deserialize;

use crate::{Problem, national};

const FILE: &str = "payments/payments.toml";

/// How people pay online, as far as the nation says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payments {
    pub gateway: PaymentGateway,
    pub receipt: PaymentReceipt,
}

/// What is expected of a payment gateway.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentGateway {
    /// One that has said nothing for so long is asked.
    pub ask_after_minutes: i64,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// The paper that proves a payment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentReceipt {
    pub title: String,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

impl Payments {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        national().parse(FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_gateway_is_asked_after_a_quarter_of_an_hour() {
        assert_eq!(Payments::load().unwrap().gateway.ask_after_minutes, 15);
    }
}
