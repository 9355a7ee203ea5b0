//! Sample work for demo, simulation and tests: people who file and officers who decide, through the same actions as the pages.

mod answers;
mod past;

use base::{Error, Id, Now, PersonalNumber, Random, Result};
use bytes::Bytes;
use chrono::NaiveDate;
use contracts::questions::Procedure;
use files::FileKind;
use flow::Work;
use flow::queries::Piece;
use form::Lists;
use print::{Head, Part, Printer, ResultForm, ResultPaper, Signer};
use system::{App, Caller};

use crate::actions::{self, Answered, Decision, NewDossier};
use crate::dossier::{Channel, Dossier, State};
use crate::filing;
use crate::paper::{HandedIn, Mark};
use crate::queries;
use crate::slip::Stage;

pub use answers::answers;
pub use past::leave_papers;

/// Somebody who files.
#[derive(Clone, Debug)]
pub struct Applicant {
    pub caller: Caller,
    pub person: Id,
    pub name: String,
    pub birth_date: NaiveDate,
    pub number: PersonalNumber,
    pub phone: String,
}

/// A paper that plainly is a sample, kept once.
pub async fn sample_paper(app: &App, now: Now) -> Result<HandedIn> {
    let paper = ResultPaper {
        form: ResultForm::Confirmation,
        head: Head {
            parent: None,
            agency: "Giấy tờ mẫu".to_owned(),
            place: "Khánh Hòa".to_owned(),
            number: None,
            date: Some(now.today()),
            demo: true,
        },
        title: "Giấy tờ mẫu".to_owned(),
        subject: Some("dùng cho dữ liệu minh họa".to_owned()),
        body: vec![Part::Text("Tệp này thay cho giấy tờ mà người dân sẽ nộp.".to_owned())],
        signer: Signer { authority: vec!["MẪU".to_owned()], name: String::new() },
        recipients: Vec::new(),
        lookup_url: None,
    };
    let printed = app.parts.get::<Printer>()?.print(paper.into(), now.utc()).await?;
    let stored = app.files.keep(Bytes::from(printed.pdf), FileKind::Pdf).await?;
    Ok(HandedIn {
        component: String::new(),
        hash: stored.hash,
        name: "giay-to-mau.pdf".to_owned(),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        mime: stored.mime,
    })
}

/// Files a dossier of a procedure with plausible answers.
pub async fn file(
    app: &App,
    random: &(dyn Random + 'static),
    applicant: &Applicant,
    procedure: &Procedure,
    agency: Id,
    sample: &HandedIn,
    lists: &Lists,
) -> Result<Dossier> {
    let now = app.now();
    // Whose consent it takes comes along to the counter.
    let alone = procedure.consents.is_empty();
    let channel = if random.below(10) < 7 && alone && procedure.channels.iter().any(|channel| channel == "online") {
        Channel::Online
    } else {
        Channel::Counter
    };
    let papers = procedure
        .files()
        .filter(|paper| paper.required)
        .map(|paper| HandedIn { component: paper.code.clone(), ..sample.clone() })
        .collect();
    let new = NewDossier {
        form_id: Id::new(now),
        procedure: procedure.code.clone(),
        applicant: applicant.person,
        applicant_name: applicant.name.clone(),
        agency,
        receiving: agency,
        channel,
        answers: answers(procedure, applicant, lists, now.today(), random)?,
        papers,
        draft: None,
    };
    actions::file(app, now, &applicant.caller, new).await
}

/// An officer takes up one piece of work and ends its step as officers mostly do.
///
/// Gives `false` when nothing can be done now: the paper is still being made, or the applicant is asked.
pub async fn work(app: &App, random: &(dyn Random + 'static), officer: &Caller, piece: &Piece) -> Result<bool> {
    let (now, dossier) = (app.now(), piece.case.subject);
    if piece.step.waiting_since.is_some() {
        return Ok(false);
    }
    let current = queries::by_id(app.store.read(), dossier).await?.ok_or(Error::NotFound)?;
    if matches!(current.state, State::WithdrawalAsked | State::PaymentAsked) {
        return Ok(false);
    }
    let step = piece.step.id;
    let main = piece.case.id == current.case;
    let stage = queries::outcome_of_case(app.store.read(), piece.case.id).await?.map(|outcome| outcome.stage);
    let go = |outcome: &str, note: &str| Decision::Go { outcome: outcome.to_owned(), note: note.to_owned() };
    let chance = random.below(100);
    let decision = match piece.step.does {
        Work::Receive if main && chance < 4 => Decision::Refuse {
            reasons: vec!["Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan.".to_owned()],
        },
        Work::Receive | Work::Examine if main && chance < 14 && current.supplements == 0 => {
            match first_paper(app, &current).await? {
                Some(code) => Decision::Supplement {
                    reason: "Giấy tờ nộp kèm chưa rõ.".to_owned(),
                    marks: vec![Mark::Component {
                        code, note: "Bản chụp mờ, xin nộp lại bản rõ.".to_owned()
                    }],
                },
                None => go(if piece.step.does == Work::Receive { "accept" } else { "propose" }, ""),
            }
        }
        Work::Receive => go("accept", ""),
        Work::Assign => go("assign", ""),
        Work::Examine if main && (14..17).contains(&chance) => Decision::Refuse {
            reasons: vec!["Không đủ điều kiện theo quy định của thủ tục.".to_owned()],
        },
        Work::Examine => go("propose", finding(&current)),
        Work::Review => go("approve", finding(&current)),
        Work::Sign => {
            if stage != Some(Stage::Printed) {
                return Ok(false);
            }
            actions::sign(app, now, officer, dossier, step).await?;
            return Ok(true);
        }
        Work::Number => {
            if stage != Some(Stage::Signed) {
                return Ok(false);
            }
            actions::issue(app, now, officer, dossier, step).await?;
            return Ok(true);
        }
        Work::Return if stage == Some(Stage::Issued) => go("return", ""),
        Work::Return | Work::SubCase => return Ok(false),
    };
    actions::decide(app, now, officer, dossier, step, decision).await?;
    Ok(true)
}

/// An officer ends a step as one does to whom nothing is missing.
///
/// # Errors
/// [`Error::Conflict`] for work that ends in a paper or waits for another agency.
pub async fn agree(app: &App, officer: &Caller, piece: &Piece) -> Result<()> {
    let outcome = match piece.step.does {
        Work::Receive => "accept",
        Work::Assign => "assign",
        Work::Examine => "propose",
        Work::Review => "approve",
        Work::Sign | Work::Number | Work::Return | Work::SubCase => {
            return Err(Error::Conflict("flow-no-such-outcome"));
        }
    };
    let decision = Decision::Go { outcome: outcome.to_owned(), note: String::new() };
    actions::decide(app, app.now(), officer, piece.case.subject, piece.step.id, decision).await?;
    Ok(())
}

/// What the officer writes on the result beyond the answers.
fn finding(dossier: &Dossier) -> &'static str {
    if dossier.procedure_name.to_lowercase().contains("lý lịch tư pháp") { "Không có án tích." } else { "" }
}

async fn first_paper(app: &App, dossier: &Dossier) -> Result<Option<String>> {
    Ok(queries::papers(app.store.read(), dossier.id).await?.into_iter().next().map(|paper| paper.component))
}

/// The applicant brings what was asked for.
pub async fn complete(app: &App, applicant: &Applicant, dossier: &Dossier, sample: &HandedIn) -> Result<()> {
    let asked = queries::open_supplement(app.store.read(), dossier.id).await?.ok_or(Error::NotFound)?;
    let papers = asked
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Component { code, .. } => Some(HandedIn { component: code.clone(), ..sample.clone() }),
            Mark::Field { .. } => None,
        })
        .collect();
    let sent = Answered { answers: dossier.answers.clone(), papers };
    actions::answer(app, app.now(), &applicant.caller, dossier.id, sent).await?;
    Ok(())
}

/// Procedures of the demo that people can file at an agency of this kind.
pub async fn offered_at(app: &App, kind: &str) -> Result<Vec<std::sync::Arc<Procedure>>> {
    let offered = filing::catalogue(app)?.offered(app.now()).await?;
    Ok(offered
        .into_iter()
        .filter(|procedure| {
            procedure.agencies.iter().any(|agency| agency.receives && agency.kind == kind && agency.notation.is_none())
        })
        .collect())
}
