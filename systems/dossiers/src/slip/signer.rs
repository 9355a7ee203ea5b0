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
    let holdings = directory::queries::holdings_of(tx, officer.person, today).await?;
    let own = holdings.into_iter().find(|holding| holding.acting_for.is_none()).map(|holding| holding.position.title);
    let positions = directory::queries::positions(tx, officer.agency, today).await?;
    let leaders = positions.into_iter().filter(|position| position.kind == PositionKind::Leader);
    let head = leaders.map(|position| position.title).find(|title| deputy_of(title).is_none());
    Ok(lines(&Signing {
        committee: is_committee(&agency),
        head: head.as_deref(),
        title: &officer.title,
        right: match officer.kind {
            _ if officer.acting_for.is_some() => Right::Authorised { own: own.as_deref() },
            PositionKind::Leader => Right::Leads,
            _ => Right::ByOrder,
        },
    }))
}

struct Signing<'a> {
    committee: bool,
    /// Title of the head of the agency.
    head: Option<&'a str>,
    /// Title of the position in which it is signed.
    title: &'a str,
    right: Right<'a>,
}

/// By what right somebody signs.
enum Right<'a> {
    /// The position leads the agency, as its head or a deputy.
    Leads,
    /// Below the leaders, by their order (TL.).
    ByOrder,
    /// In the place of the one who holds the position (TUQ.), with the signer's own title.
    Authorised { own: Option<&'a str> },
}

const COMMITTEE: &str = "TM. ỦY BAN NHÂN DÂN";

fn lines(signing: &Signing<'_>) -> Vec<String> {
    let title = short(signing.title);
    match signing.right {
        Right::Leads => {
            let body = signing.committee.then(|| COMMITTEE.to_owned());
            let instead = deputy_of(signing.title).map(|head| format!("KT. {}", short(&head)));
            body.into_iter().chain(instead).chain([title]).collect()
        }
        Right::ByOrder => {
            let by_order = signing.head.map(|head| format!("TL. {}", short(head)));
            by_order.into_iter().chain([title]).collect()
        }
        Right::Authorised { own } => [format!("TUQ. {title}")].into_iter().chain(own.map(short)).collect(),
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
        let signing = |committee, title, right| {
            let head = if committee { "Chủ tịch Ủy ban nhân dân" } else { "Giám đốc" };
            lines(&Signing { committee, head: Some(head), title, right })
        };
        let deputy = "Phó Chủ tịch Ủy ban nhân dân";
        let own = Some("Trưởng phòng");
        let cases: [(Vec<String>, &[&str]); 6] = [
            (signing(true, "Chủ tịch Ủy ban nhân dân", Right::Leads), &[COMMITTEE, "CHỦ TỊCH"]),
            (signing(true, deputy, Right::Leads), &[COMMITTEE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (signing(false, "Giám đốc", Right::Leads), &["GIÁM ĐỐC"]),
            (signing(false, "Phó Giám đốc", Right::Leads), &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            (signing(false, "Trưởng phòng", Right::ByOrder), &["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
            (signing(false, "Giám đốc", Right::Authorised { own }), &["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
        ];
        for (written, expected) in cases {
            assert_eq!(written, expected);
        }
    }
}
