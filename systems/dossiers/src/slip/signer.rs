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
    let own = if officer.acting_for.is_some() {
        let holdings = directory::queries::holdings_of(tx, officer.person, today).await?;
        holdings.into_iter().find(|holding| holding.acting_for.is_none()).map(|holding| holding.position.title)
    } else {
        None
    };
    let positions = directory::queries::positions(tx, officer.agency, today).await?;
    let leaders = positions.into_iter().filter(|position| position.kind == PositionKind::Leader);
    let head = leaders.map(|position| position.title).find(|title| deputy_of(title).is_none());
    Ok(lines(&Signing {
        committee: is_committee(&agency),
        head: head.as_deref(),
        title: &officer.title,
        leads: officer.kind == PositionKind::Leader,
        authorised: officer.acting_for.is_some().then_some(own.as_deref()),
    }))
}

struct Signing<'a> {
    committee: bool,
    /// Title of the head of the agency.
    head: Option<&'a str>,
    /// Title of the position in which it is signed.
    title: &'a str,
    /// Whether that position leads the agency, as its head or a deputy.
    leads: bool,
    /// Signed by authorisation; with the signer's own title, where there is one.
    authorised: Option<Option<&'a str>>,
}

const COMMITTEE: &str = "TM. ỦY BAN NHÂN DÂN";

fn lines(signing: &Signing<'_>) -> Vec<String> {
    let title = short(signing.title);
    if let Some(own) = signing.authorised {
        let own = own.map(short);
        return [Some(format!("TUQ. {title}")), own].into_iter().flatten().collect();
    }
    if !signing.leads {
        let by_order = signing.head.map(|head| format!("TL. {}", short(head)));
        return by_order.into_iter().chain([title]).collect();
    }
    let body = signing.committee.then(|| COMMITTEE.to_owned());
    let instead = deputy_of(signing.title).map(|head| format!("KT. {}", short(&head)));
    body.into_iter().chain(instead).chain([title]).collect()
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
        let chair = Signing {
            committee: true,
            head: Some("Chủ tịch Ủy ban nhân dân"),
            title: "Chủ tịch Ủy ban nhân dân",
            leads: true,
            authorised: None,
        };
        let director =
            Signing {
                committee: false, head: Some("Giám đốc"), title: "Giám đốc", leads: true, authorised: None
            };
        let cases: [(Signing<'_>, &[&str]); 6] = [
            (Signing { title: "Phó Chủ tịch Ủy ban nhân dân", ..chair }, &[COMMITTEE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (Signing { title: "Phó Giám đốc", ..director }, &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            (Signing { title: "Trưởng phòng", leads: false, ..director }, &["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
            (Signing { authorised: Some(Some("Trưởng phòng")), ..director }, &["TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"]),
            (chair, &[COMMITTEE, "CHỦ TỊCH"]),
            (director, &["GIÁM ĐỐC"]),
        ];
        for (signing, expected) in cases {
            assert_eq!(lines(&signing), expected);
        }
    }
}
