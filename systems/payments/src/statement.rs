//! Reconciliation (đối soát): what the other side has of a day, line by line, beside what the program has.

use std::collections::BTreeMap;

use base::{Error, Id, Result};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Matched,
    /// Both have it, and it went back or is to.
    Refunded,
    OnlyOurs,
    OnlyTheirs,
    AmountDiffers,
}

impl Outcome {
    pub const ALL: [Self; 5] = [Self::Matched, Self::Refunded, Self::OnlyOurs, Self::OnlyTheirs, Self::AmountDiffers];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Matched => "matched",
            Self::Refunded => "refunded",
            Self::OnlyOurs => "only-ours",
            Self::OnlyTheirs => "only-theirs",
            Self::AmountDiffers => "amount-differs",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// Whether somebody has to find out why.
    pub const fn is_difference(self) -> bool {
        matches!(self, Self::OnlyOurs | Self::OnlyTheirs | Self::AmountDiffers)
    }

    /// Key of its name on screen.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Matched => "payments-outcome-matched",
            Self::Refunded => "payments-outcome-refunded",
            Self::OnlyOurs => "payments-outcome-only-ours",
            Self::OnlyTheirs => "payments-outcome-only-theirs",
            Self::AmountDiffers => "payments-outcome-amount-differs",
        }
    }

    /// Key of what it most likely means, and what is to be done.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Matched | Self::Refunded => "",
            Self::OnlyOurs => "payments-reason-only-ours",
            Self::OnlyTheirs => "payments-reason-only-theirs",
            Self::AmountDiffers => "payments-reason-amount-differs",
        }
    }
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Theirs {
    pub order: String,
    pub transaction: String,
    /// Whole đồng.
    pub amount: i64,
}

/// One payment as the program counted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    pub order: String,
    pub transaction: String,
    pub amount: i64,
    pub charge: Id,
    pub agency: Id,
    /// It went back, or is to.
    pub refunded: bool,
}

/// A line of one side or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub order: String,
    pub transaction: String,
    pub ours: Option<i64>,
    pub theirs: Option<i64>,
    pub outcome: Outcome,
    pub charge: Option<Id>,
    pub agency: Option<Id>,
}

/// A day's file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub id: Id,
    pub agency: Id,
    pub day: NaiveDate,
    pub file_name: String,
    pub made_at: DateTime<Utc>,
}

/// Lines, at most: more is no file of one day.
const LINES: usize = 20_000;

/// Reads the file of a day: CSV with the columns `order`, `transaction` and `amount`, among others.
///
/// # Errors
/// [`Error::Invalid`] by the field `file`.
pub fn read(file: &[u8]) -> Result<Vec<Theirs>> {
    let wrong = |key| Error::invalid("file", key);
    // Spreadsheets write a mark before UTF-8.
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(file);
    let head = reader.headers().map_err(|_| wrong("payments-file-unreadable"))?;
    if ["order", "transaction", "amount"].iter().any(|column| !head.iter().any(|name| name == *column)) {
        return Err(wrong("payments-file-columns"));
    }
    let mut lines: Vec<Theirs> = Vec::new();
    for line in reader.deserialize() {
        let line: Theirs = line.map_err(|_| wrong("payments-file-line"))?;
        if lines.len() == LINES || line.order.len() > LONGEST || line.transaction.len() > LONGEST {
            return Err(wrong("payments-file-too-long"));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The longest order or transaction number, in bytes.
const LONGEST: usize = 64;

/// Puts the two sides beside each other: each line of either stands in exactly one pair.
pub fn pairs(ours: Vec<Ours>, theirs: Vec<Theirs>) -> Vec<Pair> {
    let mut waiting: BTreeMap<(String, String), Ours> = BTreeMap::new();
    for one in ours {
        waiting.insert((one.order.clone(), one.transaction.clone()), one);
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for line in theirs {
        let own = waiting.remove(&(line.order.clone(), line.transaction.clone()));
        let outcome = match &own {
            None => Outcome::OnlyTheirs,
            Some(own) if own.amount != line.amount => Outcome::AmountDiffers,
            Some(own) if own.refunded => Outcome::Refunded,
            Some(_) => Outcome::Matched,
        };
        pairs.push(Pair {
            ours: own.as_ref().map(|own| own.amount),
            theirs: Some(line.amount),
            outcome,
            charge: own.as_ref().map(|own| own.charge),
            agency: own.map(|own| own.agency),
            order: line.order,
            transaction: line.transaction,
        });
    }
    pairs.extend(waiting.into_values().map(|own| Pair {
        ours: Some(own.amount),
        theirs: None,
        outcome: Outcome::OnlyOurs,
        charge: Some(own.charge),
        agency: Some(own.agency),
        order: own.order,
        transaction: own.transaction,
    }));
    pairs
}

#[cfg(test)]
mod tests {
    use base::Now;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_reads_whatever_else_it_has() {
        let file = "\u{feff}time,order,amount,transaction\n09:00,H32.103-1-1,150000,GD-1\n";
        let line = Theirs { order: "H32.103-1-1".into(), transaction: "GD-1".into(), amount: 150_000 };
        assert_eq!(read(file.as_bytes()).unwrap(), [line]);
        for wrong in ["a,b\n1,2\n", "order,transaction,amount\nx,y,1.5\n", "order,transaction,amount\nx,y\n", "\u{0}"] {
            assert!(matches!(read(wrong.as_bytes()), Err(Error::Invalid(_))), "{wrong}");
        }
    }

    fn ours(at: u8, amount: i64, refunded: bool) -> Ours {
        let id = Id::new(Now::parse("2026-11-20T09:00:00+07:00"));
        Ours { order: format!("o{at}"), transaction: format!("t{at}"), amount, charge: id, agency: id, refunded }
    }

    fn theirs(at: u8, amount: i64) -> Theirs {
        Theirs { order: format!("o{at}"), transaction: format!("t{at}"), amount }
    }

    #[test]
    fn each_of_the_five_comes_out() {
        use Outcome::{AmountDiffers, Matched, OnlyOurs, OnlyTheirs, Refunded};

        let own = vec![ours(1, 10, false), ours(2, 10, true), ours(3, 10, false), ours(4, 10, false)];
        let found = pairs(own, vec![theirs(1, 10), theirs(2, 10), theirs(3, 9), theirs(5, 10)]);
        let outcomes: Vec<Outcome> = found.iter().map(|pair| pair.outcome).collect();
        assert_eq!(outcomes, [Matched, Refunded, AmountDiffers, OnlyTheirs, OnlyOurs]);
    }

    proptest! {
        #[test]
        fn no_line_is_lost_or_counted_twice(
            own in proptest::collection::btree_map(0..20_u8, 1..5_i64, 0..20),
            other in proptest::collection::vec((0..20_u8, 1..5_i64), 0..40)
        ) {
            let own: Vec<Ours> = own.into_iter().map(|(at, amount)| ours(at, amount, false)).collect();
            let other: Vec<Theirs> = other.into_iter().map(|(at, amount)| theirs(at, amount)).collect();
            let (sum_own, sum_other): (i64, i64) =
                (own.iter().map(|one| one.amount).sum(), other.iter().map(|one| one.amount).sum());
            let (count_own, count_other) = (own.len(), other.len());
            let found = pairs(own, other);
            prop_assert_eq!(found.iter().filter_map(|pair| pair.ours).sum::<i64>(), sum_own);
            prop_assert_eq!(found.iter().filter_map(|pair| pair.theirs).sum::<i64>(), sum_other);
            prop_assert_eq!(found.iter().filter(|pair| pair.ours.is_some()).count(), count_own);
            prop_assert_eq!(found.iter().filter(|pair| pair.theirs.is_some()).count(), count_other);
        }
    }
}
