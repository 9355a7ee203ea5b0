//! Rules that go beyond the shape of one file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base::Money;
use form::{Definition, Field, Kind};
use province::Organisation;

use super::components::Component;
use super::fees::{Fee, Fees, Per};
use super::finding::Finding;
use super::library::Library;
use super::procedure::{Consent, Decides, Procedure, Service, Task};
use super::source::{Source, json_line};

pub(super) fn procedure(procedure: &Procedure, folder: &Path, library: &Library, source: &mut Source) {
    let code = &procedure.code;
    if !is_code(code) {
        source.report(
            "code",
            "code",
            format!("`{code}` is neither like `1.001193` nor a name of letters, digits and hyphens"),
        );
    }
    let named = |name: &str| name == code || name.strip_prefix(code).is_some_and(|rest| rest.starts_with('-'));
    if let Some(name) = folder.file_name().and_then(|name| name.to_str()).filter(|name| !named(name)) {
        source.report("code", "folder-name", format!("the folder is called `{name}`; its name begins with the code"));
    }
    for (key, empty) in [
        ("name", procedure.name.is_empty()),
        ("steps", procedure.steps.is_empty()),
        ("agency", procedure.agencies.is_empty()),
        ("result", procedure.results.is_empty()),
        ("basis", procedure.basis.is_empty()),
    ] {
        if empty {
            source.report(key, "empty", format!("`{key}` is empty; it must be published"));
        }
    }
    if procedure.to.is_some_and(|last| last < procedure.from) {
        source.report("to", "dates", "the procedure ends before it begins");
    }
    agencies(procedure, &library.organisation, source);
    results(procedure, source);
    if let Some(offered) = &procedure.service {
        service(offered, library, source);
    }
}

/// A code of the national database, or a local name: some systems of the state use words.
fn is_code(code: &str) -> bool {
    let national = || {
        let (group, number) = code.split_once('.')?;
        let fits =
            matches!(group, "1" | "2" | "3" | "4") && number.len() == 6 && number.bytes().all(|c| c.is_ascii_digit());
        fits.then_some(())
    };
    let local = code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'));
    local || national().is_some()
}

fn agencies(procedure: &Procedure, organisation: &Organisation, source: &mut Source) {
    for (index, agency) in procedure.agencies.iter().enumerate() {
        let place = |key: &str| format!("agency.{index}.{key}");
        if !organisation.templates.iter().any(|template| template.kind == agency.kind) {
            source.report(&place("kind"), "unknown-kind", format!("`{}` is no kind of agency", agency.kind));
        }
        let (from, to) = (agency.from.unwrap_or(procedure.from), agency.to.or(procedure.to));
        if to.is_some_and(|last| last < from) {
            source.report(
                &place(if agency.to.is_some() { "to" } else { "from" }),
                "dates",
                "the agency's part ends before it begins",
            );
        }
        if from < procedure.from {
            source.report(&place("from"), "dates", "the agency's part begins before the procedure");
        }
    }
    for (task, name) in [(Task::Receive, "receives"), (Task::Decide, "decides")] {
        if !procedure.agencies.iter().any(|agency: &Decides| agency.does.contains(&task)) {
            source.report("agency", "no-agency", format!("no agency {name}"));
        }
    }
}

fn results(procedure: &Procedure, source: &mut Source) {
    for (index, result) in procedure.results.iter().enumerate() {
        if procedure.results[..index].iter().any(|other| other.code == result.code) {
            source.report(
                &format!("result.{index}.code"),
                "duplicate-code",
                format!("`{}` is used twice", result.code),
            );
        }
        let rest =
            ["{number}", "{year}", "{agency}"].iter().fold(result.number.clone(), |text, part| text.replace(part, ""));
        if !result.number.contains("{number}") || rest.contains(['{', '}']) {
            let message = format!("`{}` must hold {{number}}, and may hold {{year}} and {{agency}}", result.number);
            source.report(&format!("result.{index}.number"), "number-pattern", message);
        }
        if result.valid.is_some_and(|valid| valid.months == 0) {
            source.report(&format!("result.{index}.valid"), "validity", "a result may be used for a month at least");
        }
        if result.valid.is_some() && result.by.is_some() {
            let message = "how long it may be used is said by the procedure that makes it";
            source.report(&format!("result.{index}.valid"), "validity", message);
        }
    }
}

fn service(service: &Service, library: &Library, source: &mut Source) {
    if !(1..=2).contains(&service.assurance) {
        source.report("service.assurance", "assurance", "the assurance of a person is 1 or 2");
    }
    for (key, empty) in [("applicants", service.applicants.is_empty()), ("channels", service.channels.is_empty())] {
        if empty {
            source.report(&format!("service.{key}"), "empty", format!("`{key}` is empty: nobody could file"));
        }
    }
    for (index, event) in service.life_events.iter().enumerate() {
        if !library.life_events.contains(event) {
            let message = format!("`{event}` is no entry of the list life-events");
            source.report(&format!("service.life_events.{index}"), "unknown-life-event", message);
        }
    }
}

/// What consents ask: a form that says whom.
pub(super) fn consents(consents: &[Consent], form: Option<&Definition>, source: &mut Source) {
    for (index, consent) in consents.iter().enumerate() {
        let place = |key: &str| format!("consent.{index}.{key}");
        if consents[..index].iter().any(|other| other.role == consent.role) {
            source.report(&place("role"), "duplicate-code", format!("`{}` is used twice", consent.role));
        }
        if !(1..=2).contains(&consent.level) {
            source.report(&place("level"), "assurance", "the assurance of a person is 1 or 2");
        }
        if consent.days == 0 || consent.numbers.is_empty() {
            source.report(&place("numbers"), "empty", "a consent needs days and fields that say whose it is");
        }
        for field in consent.numbers.iter().filter(|field| form.is_none_or(|form| form.field(field).is_none())) {
            source.report(&place("numbers"), "unknown-field", format!("the form has no field `{field}`"));
        }
    }
}

pub(super) fn components(components: &[Component], form: Option<&Definition>, source: &mut Source) {
    for (index, component) in components.iter().enumerate() {
        let place = |key: &str| format!("component.{index}.{key}");
        if components[..index].iter().any(|other| other.code == component.code) {
            source.report(&place("code"), "duplicate-code", format!("`{}` is used twice", component.code));
        }
        if component.originals == 0 && component.copies == 0 {
            source.report(&place("originals"), "no-copies", "neither an original nor a copy is asked for");
        }
        if component.accepts.is_empty() {
            source.report(&place("accepts"), "empty", "no kind of file is accepted");
        }
        let Some(when) = &component.when else { continue };
        if when.equals.is_none() == when.one_of.is_empty() {
            source.report(&place("when"), "condition", "a condition has either `equals` or `in`");
        }
        if form.is_some_and(|form| form.field(&when.field).is_none()) {
            source.report(&place("when.field"), "unknown-field", format!("the form has no field `{}`", when.field));
        }
    }
}

/// Papers that the form names must be components.
pub(super) fn form_papers(form: &Definition, components: &[Component], file: &Path, schema: &str) -> Vec<Finding> {
    fn papers<'f>(fields: &'f [Field], found: &mut Vec<(&'f Field, &'f str)>) {
        for field in fields {
            if let Kind::File { component: Some(code) } = &field.kind {
                found.push((field, code));
            }
            papers(field.inner(), found);
        }
    }
    let mut found = Vec::new();
    form.pages().iter().for_each(|page| papers(&page.fields, &mut found));
    let unknown = found.into_iter().filter(|(_, code)| !components.iter().any(|component| component.code == *code));
    unknown
        .map(|(field, code)| {
            let pointer = format!("/properties/{}", field.path.replace('.', "/properties/"));
            let message = format!("`{code}` is no component of the dossier");
            Finding::at(file, json_line(schema, &pointer), "unknown-component", message)
        })
        .collect()
}

pub(super) fn fees(fees: &Fees, procedure: Option<&Procedure>, source: &mut Source) {
    for (index, fee) in fees.fees.iter().enumerate() {
        let place = |key: &str| format!("fee.{index}.{key}");
        if fees.fees[..index].iter().any(|other| other.code == fee.code) {
            source.report(&place("code"), "duplicate-code", format!("`{}` is used twice", fee.code));
        }
        for (key, amount) in amounts(fee) {
            if amount < Money(0) {
                source.report(&place(&key), "fee-amount", format!("{amount} is less than nothing"));
            }
        }
        if fee.per == Per::Dossier && fee.beyond.is_some() {
            source.report(&place("beyond"), "fee-units", "a fee per dossier has no further units");
        }
        let Some(channels) = procedure.map(Procedure::channels) else { continue };
        if !channels.iter().all(|channel| fee.amounts.contains_key(channel)) || fee.amounts.len() != channels.len() {
            source.report(
                &place("amounts"),
                "fee-channels",
                "every channel of the service has one amount, and no other has",
            );
        }
    }
    for (index, exemption) in fees.exemptions.iter().enumerate() {
        if !(1..=100).contains(&exemption.percent) {
            source.report(&format!("exemption.{index}.percent"), "percent", "a part let off is 1 to 100 percent");
        }
    }
}

fn amounts(fee: &Fee) -> Vec<(String, Money)> {
    let mut amounts = vec![];
    amounts.extend(fee.amounts.values().map(|&amount| ("amounts".to_owned(), amount)));
    amounts.extend(fee.beyond.map(|beyond| ("beyond.amount".to_owned(), beyond.amount)));
    amounts.extend(fee.at_most.map(|amount| ("at_most".to_owned(), amount)));
    amounts
}

/// Two versions of one procedure must not hold on the same day.
pub(super) fn versions(packages: &[(PathBuf, Procedure)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut earlier: BTreeMap<&str, Vec<&Procedure>> = BTreeMap::new();
    for (folder, procedure) in packages {
        let others = earlier.entry(&procedure.code).or_default();
        if others.iter().any(|other| other.holds_on(procedure.from) || procedure.holds_on(other.from)) {
            let message = format!("another version of `{}` holds on {} too", procedure.code, procedure.from);
            findings.push(Finding::at(&folder.join(super::read::PROCEDURE), 1, "overlapping-versions", message));
        }
        others.push(procedure);
    }
    findings
}
