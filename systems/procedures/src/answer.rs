//! What other systems are told about a version.

use std::collections::BTreeSet;
use std::sync::Arc;

use base::Id;
use chrono::NaiveDate;
use contracts::questions as told;
use worktime::{Budget, Counting};

use crate::package::{Applicant, Channel, Consent, Decides, Fees, Package, Per, Printed, Procedure, Task};

/// The answers of one version, made once: an agency may take part for a time only.
#[derive(Debug)]
pub(crate) struct Answers {
    whole: Arc<told::Procedure>,
    /// From each first day on, until the next.
    periods: Vec<(NaiveDate, Arc<told::Procedure>)>,
}

impl Answers {
    pub(crate) fn of(id: Id, process: Id, package: &Package) -> Self {
        let procedure = &package.procedure;
        let whole = Arc::new(told(id, process, package));
        let days = |agency: &Decides| [agency.from, agency.to.and_then(|last| last.succ_opt())];
        let mut starts: BTreeSet<NaiveDate> = procedure.agencies.iter().flat_map(days).flatten().collect();
        starts.insert(procedure.from);
        let period = |start: NaiveDate| {
            let agencies =
                procedure.agencies.iter().filter(|agency| takes_part(agency, start)).map(competence).collect();
            (start, Arc::new(told::Procedure { agencies, ..(*whole).clone() }))
        };
        Self { periods: starts.into_iter().map(period).collect(), whole }
    }

    /// With every agency that ever took part.
    pub(crate) fn whole(&self) -> Arc<told::Procedure> {
        self.whole.clone()
    }

    /// With the agencies of that day.
    pub(crate) fn on(&self, day: NaiveDate) -> Arc<told::Procedure> {
        let period = self.periods.iter().rev().find(|(start, _)| *start <= day);
        period.map_or_else(|| self.whole(), |(_, told)| told.clone())
    }
}

/// Whether the agency works on the procedure on that day.
pub(crate) fn takes_part(agency: &Decides, day: NaiveDate) -> bool {
    agency.from.is_none_or(|first| first <= day) && agency.to.is_none_or(|last| day <= last)
}

fn told(id: Id, process: Id, package: &Package) -> told::Procedure {
    let procedure = &package.procedure;
    let (form_schema, form_ui) =
        package.form.as_ref().map(|form| (form.schema.clone(), form.ui.clone())).unwrap_or_default();
    told::Procedure {
        id,
        code: procedure.code.clone(),
        name: procedure.name.clone(),
        field: procedure.field.name.clone(),
        assurance: procedure.service.as_ref().map_or(1, |service| service.assurance),
        subjects: procedure.service.as_ref().map(|service| subjects(&service.applicants)).unwrap_or_default(),
        consents: procedure.consents.iter().map(consent).collect(),
        channels: procedure.channels().iter().map(|channel| channel.as_str().to_owned()).collect(),
        agencies: procedure.agencies.iter().map(competence).collect(),
        process,
        deadline: deadline(procedure),
        papers: package.components.iter().map(paper).collect(),
        fees: fees(&package.fees),
        results: procedure.results.iter().map(result).collect(),
        form_schema,
        form_ui,
    }
}

fn subjects(applicants: &[Applicant]) -> told::Subjects {
    let any = |among: &[Applicant]| applicants.iter().any(|one| among.contains(one));
    told::Subjects {
        persons: any(&[Applicant::Citizen, Applicant::HouseholdBusiness]),
        authorised: any(&[Applicant::Authorised]),
        organisations: any(&[Applicant::Business, Applicant::Organisation]),
    }
}

fn consent(consent: &Consent) -> told::Consent {
    told::Consent {
        role: consent.role.clone(),
        label: consent.label.clone(),
        level: consent.level,
        numbers: consent.numbers.clone(),
        days: consent.days,
    }
}

fn competence(agency: &Decides) -> told::Competence {
    told::Competence {
        kind: agency.kind.clone(),
        receives: agency.does.contains(&Task::Receive),
        decides: agency.does.contains(&Task::Decide),
        notation: agency.notation.clone(),
    }
}

fn deadline(procedure: &Procedure) -> told::Deadline {
    let deadline = &procedure.deadline;
    let (unit, amount) = match deadline.budget {
        Budget::Minutes(amount) => ("minutes", amount),
        Budget::Days(amount) => ("days", amount),
        Budget::AlmanacHours(amount) => ("almanac-hours", amount),
        Budget::CalendarDays(amount) => ("calendar-days", amount),
        Budget::CalendarMonths(amount) => ("calendar-months", amount),
    };
    told::Deadline {
        unit: unit.to_owned(),
        amount,
        counting: match deadline.counting {
            Counting::Hours => "hours".to_owned(),
            Counting::DaysExclFirst => "days-excl-first".to_owned(),
        },
        cut_off: deadline.cut_off.map(|time| time.format("%H:%M").to_string()),
        written: deadline.written.clone(),
    }
}

fn paper(component: &crate::package::Component) -> told::Paper {
    told::Paper {
        code: component.code.clone(),
        name: component.name.clone(),
        originals: component.originals.into(),
        copies: component.copies.into(),
        required: component.required,
        condition: component.condition.clone(),
        declared: component.declared,
        reuse: component.reuse.clone(),
    }
}

/// What every dossier pays. What depends on the number of copies or pages is no part of it: nobody knows that number
/// when a dossier comes in.
fn fees(fees: &Fees) -> Vec<told::Fee> {
    let of_a_dossier = fees.fees.iter().filter(|fee| fee.per == Per::Dossier);
    of_a_dossier
        .flat_map(|fee| {
            fee.amounts.iter().map(|(channel, amount)| told::Fee {
                code: fee.code.clone(),
                kind: fee.kind.as_str().to_owned(),
                name: fee.name.clone(),
                channel: channel.as_str().to_owned(),
                amount: amount.0,
            })
        })
        .collect()
}

fn result(result: &crate::package::ProcedureResult) -> told::ResultPaper {
    told::ResultPaper {
        code: result.code.clone(),
        name: result.name.clone(),
        template: result.template.clone(),
        abbreviation: result.abbreviation.clone(),
        number: result.number.clone(),
        reuse: result.reuse.clone(),
        valid_months: result.valid.map(|valid| valid.months),
        by: result.by.clone(),
        prints: result.prints.iter().map(Printed::told).collect(),
    }
}

impl Channel {
    /// As other systems call it, and as the keys of its texts end.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Online => "online",
            Self::Post => "post",
        }
    }
}

#[cfg(test)]
mod tests {
    use base::Now;

    use super::*;

    fn answers(code: &str) -> Answers {
        let now = Now::parse("2025-01-01T08:00:00+07:00");
        let packages = Package::embedded().unwrap();
        let package = packages.iter().find(|package| package.procedure.code == code).unwrap();
        Answers::of(Id::new(now), Id::new(now), package)
    }

    #[test]
    fn agencies_are_those_of_the_day() {
        let kinds = |day: &str| -> Vec<String> {
            let told = answers("1.009994").on(day.parse().unwrap());
            told.agencies.iter().map(|agency| agency.kind.clone()).collect()
        };
        assert_eq!(kinds("2025-06-30"), ["district-committee"]);
        assert_eq!(kinds("2025-07-01"), ["commune-committee"]);
        assert_eq!(answers("1.009994").whole().agencies.len(), 2);
    }

    #[test]
    fn terms_are_told_as_flow_reads_them() {
        let told = answers("1.001193").whole();
        let deadline = &told.deadline;
        assert_eq!((deadline.unit.as_str(), deadline.amount, deadline.cut_off.as_deref()), ("days", 0, Some("15:00")));
        for package in Package::embedded().unwrap() {
            let now = Now::parse("2025-01-01T08:00:00+07:00");
            let told = Answers::of(Id::new(now), Id::new(now), &package).whole();
            assert_eq!(
                flow::actions::terms(&told.deadline).unwrap(),
                package.procedure.deadline.terms(),
                "{}",
                told.code
            );
        }
    }

    #[test]
    fn only_what_every_dossier_pays_is_due() {
        assert!(answers("1.001193").whole().fees.is_empty());
        let fees = answers("1.009994").whole().fees.clone();
        let online = fees.iter().find(|fee| fee.channel == "online").unwrap();
        assert_eq!(online.amount, 37_500);
    }
}
