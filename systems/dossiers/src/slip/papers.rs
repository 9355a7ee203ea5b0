//! What stands on each paper, fixed in the transaction that makes it.

use base::{Error, Id, Result, local};
use chrono::{DateTime, Utc};
use contracts::questions::{Procedure, ResultPaper};
use directory::{Agency, Party};
use print::{
    Applicant, Component, Contact, HandOver, Head, Number, Paper, Part, ResultForm, Signer, Slip01, Slip02, Slip03,
    Slip04, Slip06, Timing,
};
use store::Tx;
use system::{App, Officer};

use super::printed::{self, Names};
use super::{Outcome, signer};
use crate::actions::Change;
use crate::consent::Answer;
use crate::declared;
use crate::dossier::Dossier;
use crate::paper::Mark;
use crate::queries;

async fn agency(tx: &Tx, id: Id) -> Result<Agency> {
    directory::queries::agency(tx, id).await?.ok_or(Error::NotFound)
}

fn head(app: &App, agency: &Agency, number: Option<Number>, at: Option<DateTime<Utc>>) -> Head {
    Head {
        parent: agency
            .kind
            .ne("commune-committee")
            .then(|| format!("UBND {}", app.settings.province.name.to_uppercase())),
        agency: agency.name.clone(),
        place: agency.place(&app.settings.province.name),
        number,
        date: at.map(|at| local(at).date_naive()),
        demo: app.settings.demo,
    }
}

async fn applicant(change: &Change<'_>, dossier: &Dossier) -> Result<Applicant> {
    let party = directory::queries::party(change.tx, dossier.applicant).await?;
    let person = party.as_ref().and_then(Party::person);
    Ok(Applicant {
        name: match queries::agent(change.tx, dossier.id).await? {
            Some(agent) => format!("{} (người nộp hồ sơ: {})", dossier.applicant_name, agent.name),
            None => dossier.applicant_name.clone(),
        },
        address: party.as_ref().and_then(Party::address).unwrap_or_default().to_owned(),
        phone: person.and_then(|person| person.phone.as_ref().map(|phone| phone.reveal().to_owned())),
        email: person.and_then(|person| person.email.clone()),
    })
}

fn contact(change: &Change<'_>, officer: &Officer) -> Contact {
    Contact { name: officer.agency_name.clone(), phone: change.app.settings.province.hotline.clone() }
}

/// Where anybody who has the code sees how the dossier stands.
pub(crate) fn lookup_url(app: &App, code: &str) -> String {
    format!("{}/tra-cuu?ma={code}", app.settings.public_url)
}

/// Mẫu 01, when the desk takes the dossier in.
pub(crate) async fn receipt(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &Dossier,
    procedure: &Procedure,
) -> Result<Paper> {
    receipt_by(change, dossier, procedure, officer.name.clone(), officer.agency_name.clone()).await
}

/// Mẫu 01 again, with the date that follows from a supplement.
pub(crate) async fn new_promise(change: &Change<'_>, dossier: &Dossier) -> Result<Paper> {
    let procedure = change.version_of(dossier).await?;
    let receiving = agency(change.tx, dossier.receiving).await?;
    let desk = format!("Bộ phận Một cửa {}", receiving.name);
    receipt_by(change, dossier, &procedure, desk.clone(), receiving.name).await
}

async fn receipt_by(
    change: &Change<'_>,
    dossier: &Dossier,
    procedure: &Procedure,
    receiver: String,
    desk: String,
) -> Result<Paper> {
    let receiving = agency(change.tx, dossier.receiving).await?;
    let handed_in = queries::papers(change.tx, dossier.id).await?;
    let handed_over = procedure
        .papers
        .iter()
        .filter(|wanted| handed_in.iter().any(|paper| paper.component == wanted.code && paper.replaced_at.is_none()))
        .map(|paper| Component { name: paper.name.clone(), originals: paper.originals, copies: paper.copies });
    let components = handed_over.chain(consents(change, dossier, procedure).await?).collect();
    let received_at = dossier.received_at.ok_or_else(|| Error::inside("a receipt for what was not received"))?;
    Ok(Slip01 {
        head: head(
            change.app,
            &receiving,
            Some(Number::known(format!("{}/TNHS", dossier.code))),
            Some(change.now.utc()),
        ),
        desk: format!("Bộ phận Một cửa {desk}"),
        dossier_code: dossier.code.clone(),
        lookup_url: lookup_url(change.app, &dossier.code),
        applicant: Applicant { name: dossier.applicant_name.clone(), ..applicant(change, dossier).await? },
        submitter: queries::agent(change.tx, dossier.id)
            .await?
            .map_or_else(|| dossier.applicant_name.clone(), |agent| agent.name),
        request: dossier.procedure_name.clone(),
        components,
        sets: 1,
        time_allowed: procedure.deadline.written.clone(),
        received_at,
        due_at: dossier.promised_at.unwrap_or(received_at),
        return_at: format!("Bộ phận Một cửa {} và bản điện tử trên Cổng dịch vụ công", receiving.name),
        register: None,
        receiver,
    }
    .into())
}

/// The consents that came in with it, each by who gave it and when; there is nothing of them on paper.
async fn consents(change: &Change<'_>, dossier: &Dossier, procedure: &Procedure) -> Result<Vec<Component>> {
    let asked = queries::consents(change.tx, dossier.form_id).await?;
    let given = asked.into_iter().filter_map(|one| Some((one.role, one.answer.filter(|answer| answer.agreed)?)));
    let component = |(role, answer): (String, Answer)| {
        let label = procedure.consents.iter().find(|wanted| wanted.role == role).map(|wanted| wanted.label.clone());
        let at = local(answer.at).format("%H:%M %d/%m/%Y");
        let name = format!("Đồng ý trực tuyến của {}: {}, {at}", label.unwrap_or(role), answer.name);
        Component { name, originals: 0, copies: 0 }
    };
    Ok(given.map(component).collect())
}

/// Mẫu 02: what is missing, said once and completely.
pub(crate) async fn supplement(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &Dossier,
    reason: &str,
    marks: &[Mark],
) -> Result<Paper> {
    let procedure = change.version_of(dossier).await?;
    let wanted = marks
        .iter()
        .map(|mark| match mark {
            Mark::Component { code, note } => {
                let name = procedure.papers.iter().find(|paper| paper.code == *code).map_or(code, |paper| &paper.name);
                format!("{name}: {note}")
            }
            Mark::Field { path, note } => format!("{}: {note}", field_title(&procedure, path)),
        })
        .collect();
    let agency = agency(change.tx, officer.agency).await?;
    Ok(Slip02 {
        head: head(change.app, &agency, Some(Number::known(format!("{}/HDHS", dossier.code))), Some(change.now.utc())),
        dossier_code: dossier.code.clone(),
        applicant: applicant(change, dossier).await?,
        request: dossier.procedure_name.clone(),
        wanted,
        reason: reason.to_owned(),
        until: None,
        contact: contact(change, officer),
        officer: officer.name.clone(),
    }
    .into())
}

/// The label of a field of the form; its path when the form has no such field.
pub(crate) fn field_title(procedure: &Procedure, path: &str) -> String {
    let form = declared::definition(procedure).ok();
    form.and_then(|form| form.field(path).map(|field| field.title.clone())).unwrap_or_else(|| path.to_owned())
}

/// Mẫu 03.
pub(crate) async fn refusal(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &Dossier,
    reasons: Vec<String>,
) -> Result<Paper> {
    let agency = agency(change.tx, officer.agency).await?;
    Ok(Slip03 {
        head: head(change.app, &agency, Some(Number::known(format!("{}/TCHS", dossier.code))), Some(change.now.utc())),
        dossier_code: Some(dossier.code.clone()),
        applicant: applicant(change, dossier).await?,
        request: dossier.procedure_name.clone(),
        reasons,
        contact: contact(change, officer),
        officer: officer.name.clone(),
    }
    .into())
}

/// Mẫu 04: why it is late, and when it is promised now.
pub(crate) async fn apology(
    change: &Change<'_>,
    officer: &Officer,
    dossier: &Dossier,
    reason: &str,
    again_at: DateTime<Utc>,
) -> Result<Paper> {
    let agency = agency(change.tx, officer.agency).await?;
    let promised = || Error::inside("an apology for what was not promised");
    Ok(Slip04 {
        head: head(change.app, &agency, Some(Number::known(format!("{}/XLHL", dossier.code))), Some(change.now.utc())),
        dossier_code: dossier.code.clone(),
        applicant: applicant(change, dossier).await?,
        request: dossier.procedure_name.clone(),
        received_at: dossier.received_at.ok_or_else(promised)?,
        promised_at: dossier.promised_at.ok_or_else(promised)?,
        new_due_at: again_at,
        reason: reason.to_owned(),
        contact: contact(change, officer),
        signer: Signer {
            authority: signer::authority(change.tx, change.now, officer).await?,
            name: officer.name.clone(),
        },
    }
    .into())
}

/// Mẫu 06: every hand-over, from the rows of the steps.
pub(crate) async fn follow_up(change: &Change<'_>, dossier: &Dossier) -> Result<Paper> {
    let steps = flow::queries::steps_of(change.tx, dossier.id).await?;
    let mut hand_overs = Vec::new();
    for pair in steps.windows(2) {
        let [from, to] = pair else { continue };
        let (giver, taker) = (agency(change.tx, from.agency).await?, agency(change.tx, to.agency).await?);
        let timing = from.due_at.zip(from.closed_at).map(|(due, closed)| {
            if closed > due {
                Timing::Late
            } else if local(closed).date_naive() < local(due).date_naive() {
                Timing::Early
            } else {
                Timing::OnTime
            }
        });
        hand_overs.push(HandOver {
            from: format!("{}: {}", giver.name, from.title),
            giver: name(change.tx, from.claimed_person).await?.unwrap_or_default(),
            to: format!("{}: {}", taker.name, to.title),
            taker: name(change.tx, to.claimed_person).await?,
            at: to.opened_at,
            timing,
            note: String::new(),
        });
    }
    let receiving = agency(change.tx, dossier.receiving).await?;
    let received_at = dossier.received_at.ok_or_else(|| Error::inside("a follow-up of what was not received"))?;
    Ok(Slip06 {
        head: head(change.app, &receiving, None, Some(change.now.utc())),
        dossier_code: dossier.code.clone(),
        applicant: applicant(change, dossier).await?,
        request: dossier.procedure_name.clone(),
        received_at,
        due_at: dossier.promised_at.unwrap_or(received_at),
        hand_overs,
    }
    .into())
}

async fn name(tx: &Tx, person: Option<Id>) -> Result<Option<String>> {
    match person {
        Some(person) => Ok(directory::queries::person(tx, person).await?.map(|person| person.name)),
        None => Ok(None),
    }
}

/// The result, with gaps for number and date: they are filled after the leader has signed.
pub(crate) async fn result(
    change: &Change<'_>,
    dossier: &Dossier,
    agency: &Agency,
    procedure: &Procedure,
    result: &ResultPaper,
    number: &str,
    note: &str,
) -> Result<Paper> {
    let form = ResultForm::of_template(&result.template)
        .ok_or_else(|| Error::inside(format!("no layout for {}", result.template)))?;
    let declared = declared::definition(&*change.version(dossier.procedure).await?)?;
    let names = Names { applicant: &dossier.applicant_name, agency: &agency.name, code: &dossier.code };
    let mut body = printed::body(&result.prints, &declared, &dossier.answers, declared::lists()?, &names);
    if !note.trim().is_empty() {
        body.push(Part::Text(note.trim().to_owned()));
    }
    Ok(print::ResultPaper {
        form,
        head: head(change.app, agency, Some(Number::awaited(number)), None),
        title: result.name.clone(),
        subject: (form == ResultForm::Permit).then(|| procedure.name.clone()),
        body,
        signer: Signer { authority: signer::of_head(agency), name: String::new() },
        recipients: if form == ResultForm::Permit {
            vec!["Như trên".to_owned(), "Lưu: VT".to_owned()]
        } else {
            Vec::new()
        },
        lookup_url: Some(lookup_url(change.app, &dossier.code)),
    }
    .into())
}

/// The result once more, now that it is known who signs it and in which position.
pub(crate) async fn signed_by(change: &Change<'_>, officer: &Officer, outcome: &Outcome) -> Result<Paper> {
    let mut paper: Paper = serde_json::from_value(outcome.data.clone())?;
    if let Paper::Result(result) = &mut paper {
        let authority = signer::authority(change.tx, change.now, officer).await?;
        result.signer = Signer { authority, name: officer.name.clone() };
    }
    Ok(paper)
}

/// How a result of this agency is numbered; number and year are still open.
pub(crate) fn number_pattern(result: &ResultPaper, agency: &Agency) -> String {
    result.number.replace("{agency}", &notation(agency))
}

/// The notation of an agency's documents: `UBND` for a People's Committee, else the initials of its name.
fn notation(agency: &Agency) -> String {
    if signer::is_committee(agency) {
        return "UBND".to_owned();
    }
    let words = agency.name.split(' ').filter(|word| !matches!(*word, "và" | "tỉnh"));
    words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).filter(|c| c.is_alphabetic()).collect()
}
