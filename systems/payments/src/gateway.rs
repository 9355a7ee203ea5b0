//! What is said between the program and a payment gateway: fields in the order of their names, signed together.

use base::{Error, Result};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::GatewayAt;

const SIGNATURE: &str = "signature";

/// A message, its fields by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(Vec<(String, String)>);

impl Message {
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// The value of a field; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Fields as a form sends them, `signature` among them, made with the secret that both sides have.
    ///
    /// # Errors
    /// [`Error::Inside`] when the fields do not write, which is a defect.
    pub fn signed(&self, secret: &str) -> Result<String> {
        let mut fields = self.sorted();
        fields.push((SIGNATURE, hex::encode(seal(secret, &self.canonical()?)?)));
        Ok(serde_html_form::to_string(fields.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())?)
    }

    /// Reads what the other side sent, if it bears its signature.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it does not; [`Error::Invalid`] when it is no message, or says something twice.
    pub fn read(sent: &[u8], secret: &str) -> Result<Self> {
        let wrong = || Error::invalid("body", "web-error-body");
        let mut fields: Vec<(String, String)> = serde_html_form::from_bytes(sent).map_err(|_| wrong())?;
        let place = fields.iter().position(|(name, _)| name == SIGNATURE).ok_or(Error::Forbidden(SIGNATURE))?;
        let signature = hex::decode(fields.swap_remove(place).1).map_err(|_| Error::Forbidden(SIGNATURE))?;
        let message = Self(fields);
        let is_theirs: bool = seal(secret, &message.canonical()?)?.as_slice().ct_eq(&signature).into();
        if !is_theirs {
            return Err(Error::Forbidden(SIGNATURE));
        }
        let mut names: Vec<&str> = message.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(wrong());
        }
        Ok(message)
    }

    fn sorted(&self) -> Vec<(&str, String)> {
        let mut fields: Vec<(&str, String)> =
            self.0.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        fields.sort();
        fields
    }

    /// `name=value&name=value` by name, each as a form writes it, so that no value can pass for two fields.
    fn canonical(&self) -> Result<String> {
        Ok(serde_html_form::to_string(self.sorted())?)
    }
}

fn seal(secret: &str, text: &str) -> Result<Vec<u8>> {
    let mut seal = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
    seal.update(text.as_bytes());
    Ok(seal.finalize().into_bytes().to_vec())
}

/// What a gateway says of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Paid,
    Failed,
    /// The payer is still at it.
    Pending,
    /// It never heard of the order.
    Unknown,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
        }
    }
}

/// What a gateway tells of an order, unasked or asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub order: String,
    /// The gateway's own number; the same number is the same payment.
    pub transaction: String,
    /// Whole đồng.
    pub amount: i64,
    pub status: Status,
}

impl Notice {
    /// # Errors
    /// [`Error::Forbidden`] when it is not the gateway's; [`Error::Invalid`] when it lacks something.
    pub fn read(sent: &[u8], secret: &str) -> Result<Self> {
        let message = Message::read(sent, secret)?;
        let known = [Status::Paid, Status::Failed, Status::Pending, Status::Unknown];
        let status = known.into_iter().find(|status| status.as_str() == message.value("status"));
        let wrong = |field| Error::invalid(field, "web-error-body");
        let text = |field| {
            let value = message.value(field);
            if value.is_empty() || value.len() > LONGEST { Err(wrong(field)) } else { Ok(value.to_owned()) }
        };
        Ok(Self {
            order: text("order")?,
            transaction: message.value("transaction").chars().take(LONGEST).collect(),
            amount: message.value("amount").parse().map_err(|_| wrong("amount"))?,
            status: status.ok_or_else(|| wrong("status"))?,
        })
    }

    /// As a gateway says it; for one of the demo's or a test's own.
    pub fn message(&self) -> Message {
        Message::default()
            .with("order", &self.order)
            .with("transaction", &self.transaction)
            .with("amount", self.amount)
            .with("status", self.status.as_str())
    }
}

/// The address at which a payer pays an order, and from which they come back.
///
/// # Errors
/// When the fields do not write, which is a defect.
pub(crate) fn pay_address(gateway: &GatewayAt, order: &str, amount: i64, back: &str) -> Result<String> {
    let wanted = Message::default()
        .with("merchant", &gateway.merchant)
        .with("order", order)
        .with("amount", amount)
        .with("currency", "VND")
        .with("back", back);
    Ok(format!("{}?{}", gateway.pay, wanted.signed(&gateway.secret)?))
}

/// The longest order or transaction number, in bytes.
const LONGEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "chỉ để thử";

    fn notice() -> Notice {
        Notice {
            order: "H32.15-261120-0001-1".into(),
            transaction: "GD=1&2".into(),
            amount: 50_000,
            status: Status::Paid,
        }
    }

    #[test]
    fn a_signed_notice_reads_as_it_was_said() {
        let sent = notice().message().signed(SECRET).unwrap();
        assert_eq!(Notice::read(sent.as_bytes(), SECRET).unwrap(), notice());
    }

    #[test]
    fn what_was_changed_or_signed_by_another_is_refused() {
        let sent = notice().message().signed(SECRET).unwrap();
        let changed = sent.replace("50000", "5000");
        assert_ne!(changed, sent);
        for wrong in [changed, notice().message().signed("khác").unwrap(), sent.replace("signature=", "signatur=")] {
            assert!(matches!(Notice::read(wrong.as_bytes(), SECRET), Err(Error::Forbidden(_))), "{wrong}");
        }
    }

    #[test]
    fn a_field_said_twice_is_refused_though_it_is_signed() {
        let twice = notice().message().with("amount", 1).signed(SECRET).unwrap();
        assert!(matches!(Notice::read(twice.as_bytes(), SECRET), Err(Error::Invalid(_))));
    }

    #[test]
    fn the_seal_is_hmac_sha_256() {
        // RFC 4231, test case 2.
        let seal = hex::encode(seal("Jefe", "what do ya want for nothing?").unwrap());
        assert_eq!(seal, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
