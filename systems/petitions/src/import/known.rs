//! What the words of a table name: communes, fields and agencies of the province.

use base::{Id, Result, fold};
use chrono::NaiveDate;
use directory::Tier;
use directory::queries::AgencyFilter;
use store::Connection;

use crate::rules::rules;

/// Everything that can be named.
pub struct Known {
    /// Folded names of communes without what kind they are, and with it.
    places: Vec<(String, String, Id)>,
    /// Folded names and notations of agencies.
    agencies: Vec<(String, String, Id)>,
}

/// Agencies of the province, at most.
const AGENCIES: usize = 200;
const COMMITTEE: &str = "uy ban nhan dan ";
const SORTS: [&str; 4] = ["xa ", "phuong ", "dac khu ", "thi tran "];

impl Known {
    pub async fn load(c: &impl Connection, today: NaiveDate) -> Result<Self> {
        let communes = directory::queries::agencies_of_kind(c, "commune-committee", today).await?;
        let filter = AgencyFilter { tier: Some(Tier::Province), ..AgencyFilter::default() };
        let province = directory::queries::agencies(c, today, &filter, None, AGENCIES).await?;
        let place = |agency: &directory::Agency| {
            let name = with_sort(&agency.name);
            (without_sort(&name).to_owned(), name, agency.id)
        };
        let known = |agency: &directory::Agency| (fold(&agency.name), fold(&agency.notation), agency.id);
        Ok(Self {
            places: communes.iter().map(place).collect(),
            agencies: province.rows.iter().chain(&communes).map(known).collect(),
        })
    }

    /// The committee of the commune that is called so; where a ward and a commune share a name, only with its kind.
    pub fn place(&self, words: &str) -> Option<Id> {
        let name = with_sort(words);
        let exact = self.places.iter().find(|(_, with, _)| *with == name);
        if let Some((_, _, id)) = exact {
            return Some(*id);
        }
        let mut alike = self.places.iter().filter(|(without, _, _)| *without == without_sort(&name));
        let (_, _, id) = alike.next()?;
        alike.next().is_none().then_some(*id)
    }

    /// The field that is called so, or by one of its other words.
    pub fn field(&self, words: &str) -> Option<String> {
        let name = fold(words);
        let rules = rules().ok().filter(|_| !name.is_empty())?;
        let exact = rules.fields.iter().find(|field| fold(&field.title) == name || field.code == words);
        let named = || {
            let has = |field: &&province::Field| field.words.iter().any(|word| name.contains(&fold(word)));
            rules.fields.iter().find(has)
        };
        exact.or_else(named).map(|field| field.code.clone())
    }

    /// The agency that is called so: by its name, the beginning of its name, or its notation. A committee is named by its
    /// place, for "UBND" alone is none.
    pub fn agency(&self, words: &str) -> Option<Id> {
        let name = fold(words);
        if name.is_empty() {
            return None;
        }
        let exact =
            |(known, notation, _): &&(String, String, Id)| *known == name || (*notation == name && name != "ubnd");
        if let Some((_, _, id)) = self.agencies.iter().find(exact) {
            return Some(*id);
        }
        let begins = |(known, _, _): &&(String, String, Id)| known.starts_with(&format!("{name} "));
        let mut beginning = self.agencies.iter().filter(begins);
        match (beginning.next(), beginning.next()) {
            (Some((_, _, id)), None) => Some(*id),
            _ => self.place(words),
        }
    }
}

/// "phuong nha trang" of "UBND phường Nha Trang".
fn with_sort(words: &str) -> String {
    let name = fold(words);
    let name = name.strip_prefix("ubnd ").or_else(|| name.strip_prefix(COMMITTEE)).unwrap_or(&name);
    let short = name.strip_prefix("p ").map(|rest| format!("phuong {rest}"));
    short.or_else(|| name.strip_prefix("x ").map(|rest| format!("xa {rest}"))).unwrap_or_else(|| name.to_owned())
}

fn without_sort(name: &str) -> &str {
    SORTS.iter().find_map(|sort| name.strip_prefix(sort)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn known() -> (Known, Vec<Id>) {
        let ids: Vec<Id> = (1..=4).map(|number| Id::from_uuid(Uuid::from_u128(number))).collect();
        let names =
            ["Ủy ban nhân dân phường Nha Trang", "Ủy ban nhân dân xã Ninh Hải", "Ủy ban nhân dân phường Ninh Hải"];
        let place = |(name, id): (&str, &Id)| {
            let name = with_sort(name);
            (without_sort(&name).to_owned(), name, *id)
        };
        let agency = |(name, id): (&str, &Id)| (fold(name), "ubnd".to_owned(), *id);
        let mut agencies: Vec<_> = names.into_iter().zip(&ids).map(agency).collect();
        agencies.push((fold("Sở Xây dựng tỉnh Khánh Hòa"), "sxd".to_owned(), ids[3]));
        (Known { places: names.into_iter().zip(&ids).map(place).collect(), agencies }, ids)
    }

    #[test]
    fn a_commune_is_known_with_or_without_marks_and_kind() {
        let (known, ids) = known();
        for words in
            ["Nha Trang", "phường Nha Trang", "P. Nha Trang", "UBND phường Nha Trang", "NHA TRANG", "nha  trang"]
        {
            assert_eq!(known.place(words), Some(ids[0]), "{words}");
        }
        assert_eq!(known.place("xã Ninh Hải"), Some(ids[1]));
        assert_eq!(known.place("P.Ninh Hải"), Some(ids[2]));
        for words in ["Ninh Hải", "", "Nha", "Diên Khánh"] {
            assert_eq!(known.place(words), None, "{words}");
        }
    }

    #[test]
    fn agencies_and_fields_are_known_by_what_tables_call_them() {
        let (known, ids) = known();
        for words in ["Sở Xây dựng", "SXD", "Sở Xây dựng tỉnh Khánh Hòa"] {
            assert_eq!(known.agency(words), Some(ids[3]), "{words}");
        }
        assert_eq!(known.agency("UBND phường Nha Trang"), Some(ids[0]));
        assert_eq!(known.agency("UBND"), None);
        assert_eq!(known.field("Giao thông").as_deref(), Some("giao-thong"));
        assert_eq!(known.field("Giáo dục, đào tạo").as_deref(), Some("giao-duc"));
        assert_eq!(known.field("lĩnh vực y tế").as_deref(), Some("y-te"));
        assert_eq!(known.field("").as_deref(), None);
    }
}
