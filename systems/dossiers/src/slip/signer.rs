//! What stands above a signature: on whose behalf, and in which position (Decree 30/2020/NĐ-CP, article 13 and
//! appendix I, part II, section I.7).

use base::{Error, Now, Result};
use directory::Agency;
use store::Tx;
use system::{Officer, PositionKind};

/// A People's Committee decides as a body: its chair signs on its behalf (TM.).
pub(super) fn is_committee(agency: &Agency) -> bool {
    agency.kind.ends_with("committee")
}

/// Before it is known who signs: as the head of the agency would.
pub(super) fn of_head(agency: &Agency) -> Vec<String> {
    if is_committee(agency) {
        vec![COMMITTEE.to_owned(), "CHỦ TỊCH".to_owned()]
    } else {
        vec!["THỦ TRƯỞNG CƠ QUAN".to_owned()]
    }
}

/// The lines above an officer's signature.
pub(super) async fn authority(tx: &Tx, now: Now, officer: &Officer) -> Result<Vec<String>> {
    let today = now.today();
    let agency = directory::queries::agency(tx, officer.agency).await?.ok_or(Error::NotFound)?;
    let right = if officer.acting_for.is_some() {
        let mut holdings = directory::queries::holdings_of(tx, officer.person, today).await?.into_iter();
        Right::Authorised { own: holdings.find(|held| held.acting_for.is_none()).map(|held| held.position.title) }
    } else if officer.kind == PositionKind::Leader {
        Right::Leads
    } else {
        let positions = directory::queries::positions(tx, officer.agency, today).await?;
        let leaders = positions.into_iter().filter(|position| position.kind == PositionKind::Leader);
        Right::ByOrder { head: leaders.map(|position| position.title).find(|title| deputy_of(title).is_none()) }
    };
    Ok(lines(is_committee(&agency), &officer.title, right))
}

/// By what right somebody signs.
enum Right {
    /// The position leads the agency, as its head or a deputy.
    Leads,
    /// Below the leaders, by order of the head (TL.).
    ByOrder { head: Option<String> },
    /// In the place of the one who holds the position (TUQ.), with the signer's own title.
    Authorised { own: Option<String> },
}

const COMMITTEE: &str = "TM. ỦY BAN NHÂN DÂN";

/// `title` is that of the position in which it is signed.
fn lines(committee: bool, title: &str, right: Right) -> Vec<String> {
    match right {
        Right::Leads => {
            let body = committee.then(|| COMMITTEE.to_owned());
            let instead = deputy_of(title).map(|head| format!("KT. {}", short(&head)));
            body.into_iter().chain(instead).chain([short(title)]).collect()
        }
        Right::ByOrder { head } => {
            let by_order = head.map(|head| format!("TL. {}", short(&head)));
            by_order.into_iter().chain([short(title)]).collect()
        }
        Right::Authorised { own } => {
            [format!("TUQ. {}", short(title))].into_iter().chain(own.as_deref().map(short)).collect()
        }
    }
}

/// The title whose deputy this is: "Giám đốc" of "Phó Giám đốc".
fn deputy_of(title: &str) -> Option<String> {
    title.strip_prefix("Phó ").map(str::to_owned)
}

/// As it is written above a signature: the body stands on its own line already.
fn short(title: &str) -> String {
    title.trim_end_matches(" Ủy ban nhân dân").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signs_as_the_decree_has_it() {
        let deputy = "Phó Chủ tịch Ủy ban nhân dân";
        let head = Some("Giám đốc".to_owned());
        let own = Some("Trưởng phòng".to_owned());
        let cases: [(Vec<String>, &[&str]); 6] = [
            (lines(true, "Chủ tịch Ủy ban nhân dân", Right::Leads), &[COMMITTEE, "CHỦ TỊCH"]),
            (lines(true, deputy, Right::Leads), &[COMMITTEE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (lines(false, "Giám đốc", Right::Leads), &["GIÁM ĐỐC"]),
            (lines(false, "Phó Giám đốc", Right::Leads), &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            (lines(false, "Trưởng phòng", Right::ByOrder { head }), &["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
            (lines(false, "Giám đốc", Right::Authorised { own }), &["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ];
        for (written, expected) in cases {
            assert_eq!(written, expected);
        }
    }
}
