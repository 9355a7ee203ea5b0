//! Versions as whoever counts them asks for them: when each was decided and published, and what it lacks.

use base::Now;
use chrono::NaiveDate;
use contracts::figures::{PublishedVersion, PublishedVersions};

use crate::catalogue::Catalogue;
use crate::package::Package;
use crate::procedure::Version;

impl PublishedVersions for Catalogue {
    fn published(&self, now: Now) -> Vec<PublishedVersion> {
        let shelf = self.shelf(now);
        let mut versions: Vec<&Version> = shelf.versions().collect();
        versions.sort_by_key(|version| version.publication);
        versions.into_iter().map(told).collect()
    }

    fn offered_on(&self, now: Now, day: NaiveDate) -> Vec<PublishedVersion> {
        self.shelf(now).offered(day).iter().map(|version| told(version)).collect()
    }

    fn page(&self, code: &str) -> String {
        format!("/thu-tuc/{code}")
    }
}

fn told(version: &Version) -> PublishedVersion {
    let package = &version.package;
    let amounts = package.fees.fees.iter().flat_map(|fee| fee.amounts.values());
    PublishedVersion {
        code: version.code().to_owned(),
        name: version.name().to_owned(),
        decided: decided(package),
        from: version.from(),
        published_at: version.published_at,
        missing: missing(package),
        charges: amounts.into_iter().any(|amount| amount.0 > 0),
    }
}

/// The day of the decision; one that was invented for the demo is no day that anything can be judged by.
pub(crate) fn decided(package: &Package) -> Option<NaiveDate> {
    let decision = &package.procedure.decision;
    (!decision.demo).then_some(decision.date)
}

/// The constituent parts that a package lacks.
fn missing(package: &Package) -> Vec<&'static str> {
    let procedure = &package.procedure;
    let said = |text: &str| !text.trim().is_empty();
    let numbered = |declared: bool, originals: u8, copies: u8| declared || originals > 0 || copies > 0;
    let parts = [
        ("name", said(&procedure.name)),
        ("steps", procedure.steps.iter().any(|step| said(step))),
        ("channels", !procedure.channels().is_empty()),
        (
            "components",
            !package.components.is_empty()
                && package.components.iter().all(|one| numbered(one.declared, one.originals, one.copies)),
        ),
        ("deadline", said(&procedure.deadline.written)),
        ("applicants", procedure.service.as_ref().is_some_and(|service| !service.applicants.is_empty())),
        ("agencies", !procedure.agencies.is_empty()),
        ("results", !procedure.results.is_empty()),
    ];
    parts.into_iter().filter_map(|(part, there)| (!there).then_some(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_package_lacks_is_named() {
        let mut package =
            Package::embedded().unwrap().into_iter().find(|one| one.procedure.code == "1.001193").unwrap();
        assert_eq!(missing(&package), Vec::<&str>::new());
        package.procedure.steps = vec![" ".to_owned()];
        package.procedure.results.clear();
        package.components[0].declared = false;
        (package.components[0].originals, package.components[0].copies) = (0, 0);
        assert_eq!(missing(&package), ["steps", "components", "results"]);
    }

    #[test]
    fn an_invented_decision_has_no_day() {
        let mut package = Package::embedded().unwrap().remove(0);
        package.procedure.decision.demo = true;
        assert_eq!(decided(&package), None);
        package.procedure.decision.demo = false;
        assert_eq!(decided(&package), Some(package.procedure.decision.date));
    }
}
