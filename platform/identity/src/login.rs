use base::{NotAnIdentifier, PersonalNumber, Phone};
use sha2::{Digest, Sha256};

/// What somebody types to say who they are: a personal number, a telephone, or a name or mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Number(PersonalNumber),
    Phone(Phone),
    /// `lan.mc@h32.15`, or a mailbox; lower case.
    Name(String),
}

/// Where a code can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    Phone(Phone),
    /// Lower case.
    Mail(String),
}

impl Login {
    /// The three kinds do not overlap: 12 digits, 10 or 11 digits, something with a letter.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(number) = text.parse() {
            return Some(Self::Number(number));
        }
        if let Ok(phone) = text.parse() {
            return Some(Self::Phone(phone));
        }
        let named = (3..=100).contains(&text.len())
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
        named.then(|| Self::Name(text.to_lowercase()))
    }

    /// Under what it is looked up. A digest, so that the table of logins is no second list of personal numbers.
    pub(crate) fn key(&self) -> String {
        let text = match self {
            Self::Number(number) => format!("number:{}", number.reveal()),
            Self::Phone(phone) => format!("phone:{}", phone.reveal()),
            Self::Name(name) => format!("name:{name}"),
        };
        hex::encode(Sha256::digest(text))
    }

    /// What lists show.
    pub fn masked(&self) -> String {
        match self {
            Self::Number(number) => number.masked(),
            Self::Phone(phone) => masked(phone.reveal()),
            Self::Name(name) => name.clone(),
        }
    }
}

/// The first three and the last two characters.
fn masked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let keep = |index: usize| index < 3 || index + 2 >= letters.len();
    letters.iter().enumerate().map(|(index, letter)| if keep(index) { *letter } else { '•' }).collect()
}

impl std::str::FromStr for Contact {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Ok(phone) = text.parse() {
            return Ok(Self::Phone(phone));
        }
        let whole = text.len() <= 100 && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
        match text.split_once('@') {
            Some((name, domain))
                if whole
                    && !name.is_empty()
                    && !domain.contains('@')
                    && domain.split('.').count() > 1
                    && domain.split('.').all(|part| !part.is_empty()) =>
            {
                Ok(Self::Mail(text.to_lowercase()))
            }
            _ => Err(NotAnIdentifier),
        }
    }
}

impl Contact {
    pub(crate) fn login(&self) -> Login {
        match self {
            Self::Phone(phone) => Login::Phone(phone.clone()),
            Self::Mail(mail) => Login::Name(mail.clone()),
        }
    }

    pub fn masked(&self) -> String {
        match self {
            Self::Phone(phone) => masked(phone.reveal()),
            Self::Mail(mail) => match mail.split_once('@') {
                Some((name, domain)) => format!("{}•••@{domain}", name.chars().take(2).collect::<String>()),
                None => masked(mail),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_found_however_the_login_is_typed() {
        for (one, other) in [
            ("056068000056", "056 068 000 056"),
            ("0901000001", "+84 901.000.001"),
            ("Lan.MC@h32.15", " lan.mc@H32.15 "),
        ] {
            assert_eq!(Login::parse(one).unwrap().key(), Login::parse(other).unwrap().key());
        }
        assert!(matches!(Login::parse("056068000056"), Some(Login::Number(_))));
        assert!(matches!(Login::parse("0901000001"), Some(Login::Phone(_))));
        for nothing in ["", "  ", "12", "two words", "99999"] {
            assert_eq!(Login::parse(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn where_a_code_goes_is_shown_only_in_part() {
        assert_eq!("0901000001".parse::<Contact>().unwrap().masked(), "090•••••01");
        assert_eq!("Mau@vidu.example".parse::<Contact>().unwrap().masked(), "ma•••@vidu.example");
        for wrong in ["", "mau", "@vidu.example", "mau@vidu", "mau@vidu.", "a b@vidu.example", "a@b@c.example"] {
            assert!(wrong.parse::<Contact>().is_err(), "{wrong}");
        }
    }
}
