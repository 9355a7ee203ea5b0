use base::{Error, Now, Random, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Secret, Totp};

/// A second factor: codes of six digits by time (RFC 6238), as every authenticator app makes them.
pub(crate) struct SecondFactor(Totp);

/// What the page of enrolment shows.
pub(crate) struct Enrolment {
    /// To type by hand, in groups of four.
    pub(crate) secret: String,
    /// A QR code as a `data:` address.
    pub(crate) picture: String,
}

/// 160 bits, as RFC 4226 recommends.
pub(crate) const SECRET: usize = 20;

impl SecondFactor {
    pub(crate) fn new_secret(random: &(dyn Random + 'static)) -> [u8; SECRET] {
        random.bytes()
    }

    /// # Errors
    /// When the stored secret is too short, which is a defect.
    pub(crate) fn of(secret: &[u8]) -> Result<Self> {
        Ok(Self(builder(secret).build().map_err(Error::inside)?))
    }

    /// The step of time the code belongs to, when it is right now or one step (30 s) off.
    pub(crate) fn step(&self, code: &str, now: Now) -> Option<i64> {
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let step = self.0.check(&code, seconds(now))?;
        i64::try_from(step).ok()
    }

    /// The code of this moment: shown in the demo, where nobody holds the officer's telephone.
    pub(crate) fn code(&self, now: Now) -> String {
        self.0.generate(seconds(now)).to_string()
    }

    /// # Errors
    /// When the account's or the province's name cannot stand in an address of `otpauth://`.
    pub(crate) fn enrolment(secret: &[u8], account: &str, issuer: &str) -> Result<Enrolment> {
        let plain = |text: &str| text.replace(':', " ");
        let totp = builder(secret)
            .with_account_name(plain(account))
            .with_issuer(Some(plain(issuer)))
            .build()
            .map_err(Error::inside)?;
        let url = totp.to_url().map_err(Error::inside)?;
        let picture = QrCode::new(url)?.render::<svg::Color>().min_dimensions(220, 220).build();
        let letters: Vec<char> = totp.secret().to_base32().chars().collect();
        Ok(Enrolment {
            secret: letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" "),
            picture: format!("data:image/svg+xml;base64,{}", BASE64_STANDARD.encode(picture)),
        })
    }
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(Secret::new(secret.into()))
}

fn seconds(now: Now) -> u64 {
    u64::try_from(now.utc().timestamp()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1, 59 seconds: 94287082; six digits are its last six.
        let factor = SecondFactor::of(b"12345678901234567890").unwrap();
        let now = Now::parse("1970-01-01T00:00:59Z");
        assert_eq!(factor.code(now), "287082");
        assert_eq!(factor.step("287 082", now), Some(1));
        assert_eq!(factor.step("287083", now), None);
        for wrong in ["", "28708", "abcdef", "2870820"] {
            assert_eq!(factor.step(wrong, now), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_lives_for_one_step_before_and_after() {
        let factor = SecondFactor::of(b"12345678901234567890").unwrap();
        let now = Now::parse("2026-11-20T08:00:00+07:00");
        let code = factor.code(now);
        let step = factor.step(&code, now);
        assert_eq!(factor.step(&code, Now::at(now.utc() + TimeDelta::seconds(59))), step);
        assert_eq!(factor.step(&code, Now::at(now.utc() + TimeDelta::seconds(60))), None);
    }

    #[test]
    fn an_enrolment_is_a_picture_and_a_text() {
        let shown = SecondFactor::enrolment(b"12345678901234567890", "lan@h32:15", "Tỉnh Khánh Hòa").unwrap();
        assert!(shown.picture.starts_with("data:image/svg+xml;base64,"));
        assert_eq!(shown.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
