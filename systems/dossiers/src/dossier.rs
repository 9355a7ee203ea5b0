//! A dossier and its states, as the national portal counts them.

use base::Id;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The ten states synchronised with the national public service portal (`TrangThaiHoSo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Mới đăng ký: sent in, not yet accepted.
    Submitted,
    /// Được tiếp nhận: the clock starts.
    Received,
    /// Không được tiếp nhận (slip 03). An end.
    NotReceived,
    /// Đang xử lý.
    Processing,
    /// Yêu cầu bổ sung giấy tờ (slip 02): the clock stands still.
    SupplementAsked,
    /// Yêu cầu thực hiện nghĩa vụ tài chính.
    PaymentAsked,
    /// Công dân yêu cầu rút hồ sơ.
    WithdrawalAsked,
    /// Dừng xử lý. An end.
    Stopped,
    /// Đã xử lý xong: the result is signed and lies at the desk. This moment decides whether it was in time.
    Finished,
    /// Đã trả kết quả. An end.
    Returned,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Submitted,
        Self::Received,
        Self::NotReceived,
        Self::Processing,
        Self::SupplementAsked,
        Self::PaymentAsked,
        Self::WithdrawalAsked,
        Self::Stopped,
        Self::Finished,
        Self::Returned,
    ];

    /// The national code, 1 to 10.
    pub const fn code(self) -> u8 {
        match self {
            Self::Submitted => 1,
            Self::Received => 2,
            Self::NotReceived => 3,
            Self::Processing => 4,
            Self::SupplementAsked => 5,
            Self::PaymentAsked => 6,
            Self::WithdrawalAsked => 7,
            Self::Stopped => 8,
            Self::Finished => 9,
            Self::Returned => 10,
        }
    }

    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| i64::from(state.code()) == code)
    }

    pub const fn is_end(self) -> bool {
        matches!(self, Self::NotReceived | Self::Stopped | Self::Returned)
    }

    /// Which states may follow. An officer who refuses a withdrawal puts a dossier back where it was;
    /// one that was not yet accepted goes back to `Submitted`.
    pub const fn allows(self, next: Self) -> bool {
        use State::{
            Finished, NotReceived, PaymentAsked, Processing, Received, Returned, Stopped, Submitted, SupplementAsked,
            WithdrawalAsked,
        };
        match self {
            Submitted => matches!(next, Received | NotReceived | SupplementAsked | WithdrawalAsked),
            Received => {
                matches!(next, Processing | SupplementAsked | PaymentAsked | WithdrawalAsked | Stopped | Finished)
            }
            Processing => matches!(next, SupplementAsked | PaymentAsked | WithdrawalAsked | Stopped | Finished),
            SupplementAsked => matches!(next, Received | Processing | WithdrawalAsked | Stopped),
            PaymentAsked => matches!(next, Processing | WithdrawalAsked | Stopped | Finished),
            WithdrawalAsked => matches!(next, Stopped | Processing),
            Finished => matches!(next, Returned),
            NotReceived | Stopped | Returned => false,
        }
    }

    /// How the state is coloured: `ok`, `warn`, `late`, `wait`.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Received | Self::Processing | Self::Finished | Self::Returned => "ok",
            Self::SupplementAsked | Self::PaymentAsked => "warn",
            Self::NotReceived | Self::Stopped => "late",
            Self::Submitted | Self::WithdrawalAsked => "wait",
        }
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Submitted => "dossiers-state-submitted",
            Self::Received => "dossiers-state-received",
            Self::NotReceived => "dossiers-state-not-received",
            Self::Processing => "dossiers-state-processing",
            Self::SupplementAsked => "dossiers-state-supplement",
            Self::PaymentAsked => "dossiers-state-payment",
            Self::WithdrawalAsked => "dossiers-state-withdrawal",
            Self::Stopped => "dossiers-state-stopped",
            Self::Finished => "dossiers-state-finished",
            Self::Returned => "dossiers-state-returned",
        }
    }
}

/// How it came in (`KenhThucHien`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    Counter,
    Online,
    Post,
}

impl Channel {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Online => "online",
            Self::Post => "post",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Counter, Self::Online, Self::Post].into_iter().find(|channel| channel.as_str() == text)
    }

    /// The national code: 1 direct, 2 online, 3 by post.
    pub const fn code(self) -> u8 {
        match self {
            Self::Counter => 1,
            Self::Online => 2,
            Self::Post => 3,
        }
    }
}

/// Through which door it came in: the channels, and the national portal apart from the own one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entrance {
    Counter,
    Online,
    Post,
    National,
}

impl Entrance {
    pub const ALL: [Self; 4] = [Self::Counter, Self::Online, Self::Post, Self::National];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => Channel::Counter.as_str(),
            Self::Online => Channel::Online.as_str(),
            Self::Post => Channel::Post.as_str(),
            Self::National => "national",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entrance| entrance.as_str() == text)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Counter => "dossiers-entrance-counter",
            Self::Online => "dossiers-entrance-online",
            Self::Post => "dossiers-entrance-post",
            Self::National => "dossiers-entrance-national",
        }
    }
}

/// One dossier. It never copies the state of its steps: those are rows of `flow`.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    pub id: Id,
    /// Made by the form that sent it, so that the same form sent twice makes one dossier.
    pub form_id: Id,
    /// `H32.15-261120-0042`.
    pub code: String,
    pub procedure: Id,
    pub procedure_code: String,
    pub procedure_name: String,
    pub applicant: Id,
    pub applicant_name: String,
    /// The account that sent it in.
    pub filed_by: Option<Id>,
    pub agency: Id,
    pub receiving: Id,
    pub case: Id,
    pub channel: Channel,
    pub state: State,
    /// What the form was answered.
    pub answers: form::Values,
    /// Whole đồng.
    pub fee: i64,
    /// How often it was asked to be completed; more than once counts as late.
    pub supplements: i64,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    /// What the last slip promised. It moves only by a new slip.
    pub promised_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Dossier {
    /// Whether there is something that the applicant can be content with or not: a result, or an end.
    pub const fn may_be_rated(&self) -> bool {
        self.finished_at.is_some() || self.closed_at.is_some()
    }
}

/// The code of a dossier: agency, day, number within the agency's day (four digits at least).
pub fn code(agency: &str, day: chrono::NaiveDate, number: i64) -> String {
    format!("{agency}-{}-{number:04}", day.format("%y%m%d"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_read_as_the_law_has_them() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        assert_eq!(code("H32.15", day, 1), "H32.15-260105-0001");
        assert_eq!(code("H32.15", day, 12_345), "H32.15-260105-12345");
    }

    #[test]
    fn the_ten_states_follow_each_other_as_the_national_table_says() {
        let table: [(u8, &[u8]); 10] = [
            (1, &[2, 3, 5, 7]),
            (2, &[4, 5, 6, 7, 8, 9]),
            (3, &[]),
            (4, &[5, 6, 7, 8, 9]),
            (5, &[2, 4, 7, 8]),
            (6, &[4, 7, 8, 9]),
            (7, &[8, 4]),
            (8, &[]),
            (9, &[10]),
            (10, &[]),
        ];
        for (from, allowed) in table {
            for to in 1..=10 {
                let (from, to) = (State::from_code(from.into()).unwrap(), State::from_code(to).unwrap());
                assert_eq!(from.allows(to), allowed.contains(&to.code()), "{from:?} → {to:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_walk_leaves_an_end(steps in proptest::collection::vec(0..10usize, 0..30)) {
            let mut state = State::Submitted;
            for step in steps {
                let next = State::ALL[step];
                if state.allows(next) {
                    prop_assert!(!state.is_end());
                    state = next;
                }
            }
        }
    }
}
