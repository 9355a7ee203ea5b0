//! Sample reports for demo, simulation and tests: people who report and officers who answer, through the same actions as the
//! pages.

use base::{Error, Id, Random, Result};
use bytes::Bytes;
use directory::Agency;
use files::FileKind;
use flow::Work;
use flow::queries::Piece;
use geo::Place;
use identity::LinkSecret;
use system::{App, Caller};

use crate::actions::{self, NewAnswer, NewReport, Triage};
use crate::queries;
use crate::report::{Contact, Report, State};
use crate::rules::{self, rules};

mod states;

pub use states::every_state;

/// How far reports lie from the centre of a commune, in units of 10⁻⁷ degrees: most of a kilometre.
const SPREAD: u64 = 80_000;
const PICTURES: u64 = 6;

/// Somebody reports something in a commune; one in three with a picture.
pub async fn report(app: &App, random: &(dyn Random + 'static), reporter: &Caller, commune: &Agency) -> Result<Report> {
    let field: Vec<&province::Kind> = rules()?.kinds.iter().filter(|kind| kind.sort == "field").collect();
    let kind = field[usize::try_from(random.below(field.len() as u64))?];
    let seen = Seen { pictured: random.below(3) == 0, unnamed: random.below(4) == 0 };
    of_kind(app, random, reporter, commune, kind, seen).await
}

/// What whoever reports gives of the matter and of themselves.
#[derive(Clone, Copy)]
struct Seen {
    pictured: bool,
    unnamed: bool,
}

async fn of_kind(
    app: &App,
    random: &(dyn Random + 'static),
    reporter: &Caller,
    commune: &Agency,
    kind: &province::Kind,
    seen: Seen,
) -> Result<Report> {
    let now = app.now();
    let secret = LinkSecret::new(random);
    if seen.pictured {
        keep_picture(app, random, secret.form_id()).await?;
    }
    let new = NewReport {
        secret,
        kind: kind.code.clone(),
        place: place(app, random, commune)?,
        place_words: format!("Đường Ví Dụ, gần số {}", random.below(200) + 1),
        commune: commune.id,
        words: words(&kind.code).to_owned(),
        contact: Contact::default(),
        unnamed: seen.unnamed,
        sender: None,
    };
    actions::file(app, now, reporter, new).await
}

async fn keep_picture(app: &App, random: &(dyn Random + 'static), owner: Id) -> Result<()> {
    let picture = photos::demo::street(u32::try_from(random.below(PICTURES))?)?;
    let sent = app.files.keep(Bytes::from(picture), FileKind::Jpeg).await?;
    let kept = actions::keep_photo(app, app.now(), owner, &sent).await;
    kept.map_err(|refused| Error::inside(format!("a sample picture was refused: {refused:?}")))
}

fn place(app: &App, random: &(dyn Random + 'static), commune: &Agency) -> Result<Option<Place>> {
    let centre = commune.gso.as_deref().and_then(|gso| rules::land(app).ok()?.centre_of(gso));
    let beside = |degrees: i32| -> Result<i32> {
        Ok(degrees + i32::try_from(random.below(2 * SPREAD))? - i32::try_from(SPREAD)?)
    };
    centre.map(|centre| Ok(Place { lat: beside(centre.lat)?, lon: beside(centre.lon)? })).transpose()
}

fn words(kind: &str) -> &'static str {
    match kind {
        "o-ga" => "Mặt đường có ổ gà sâu, xe máy tránh nhau rất nguy hiểm.",
        "den-duong" => "Ba cột đèn liền nhau không sáng từ tối thứ Hai.",
        "rac" => "Rác tồn ba ngày chưa được thu gom, bốc mùi.",
        "ngap" => "Mưa nhỏ cũng ngập, miệng cống bị rác bịt kín.",
        "cay-do" => "Cây nghiêng hẳn ra đường, gió mạnh có thể đổ.",
        "bien-bao" => "Biển báo cấm dừng bị xoay ngược, người đi đường không thấy.",
        "tieng-on" => "Quán hát loa kẹo kéo sau 22 giờ, nhiều đêm liền.",
        "ve-sinh-thuc-pham" => "Xe hàng ăn để thực phẩm không che đậy cạnh cống hở.",
        "an-ninh" => "Nhóm thanh niên tụ tập đua xe lúc nửa đêm.",
        _ => "Ghế đá trong công viên bị gãy chân.",
    }
}

/// An officer takes up one piece of work and ends its step as officers mostly do.
pub async fn work(app: &App, random: &(dyn Random + 'static), officer: &Caller, piece: &Piece) -> Result<bool> {
    let (now, step) = (app.now(), piece.step.id);
    let report = queries::by_id(app.store.read(), piece.case.subject).await?.ok_or(Error::NotFound)?;
    let chance = random.below(100);
    match piece.step.does {
        Work::Receive if chance < 8 && report.state == State::New => {
            actions::refuse(app, now, officer, report.id, step, "Nội dung không rõ việc gì, ở chỗ nào.").await?;
        }
        Work::Receive => {
            let decided = usual(app, &report).await?;
            actions::triage(app, now, officer, report.id, step, decided).await?;
        }
        Work::Examine if chance < 10 && report.agency != report.receiving => {
            actions::return_to_triage(app, now, officer, report.id, step, "Việc này do phường quản lý.").await?;
        }
        Work::Examine if chance < 50 && report.state == State::Assigned => {
            actions::take(app, now, officer, report.id, step).await?;
        }
        Work::Examine => {
            let words = "Đã cử người đến nơi xử lý xong và sẽ kiểm tra lại sau một tuần.".to_owned();
            let new = NewAnswer { id: Id::new(now), words };
            actions::propose(app, now, officer, report.id, step, new).await?;
        }
        Work::Sign if chance < 10 => {
            actions::send_back(app, now, officer, report.id, step, "Nêu rõ ngày xử lý xong.").await?;
        }
        Work::Sign => {
            actions::approve(app, now, officer, report.id, step).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// What the desk mostly decides: as it was sent, to whom the rules propose.
pub async fn usual(app: &App, report: &Report) -> Result<Triage> {
    let kind = rules::kind(&report.kind)?;
    let c = app.store.read();
    // One that came back goes to the commune, which it came from.
    let agency = match report.state {
        State::Returned => report.commune,
        _ => rules::in_charge(c, &kind.handled_by, report.commune, app.now()).await?.id,
    };
    let photos = queries::photos(c, report.form_id).await?;
    Ok(Triage {
        kind: kind.code.clone(),
        agency,
        words: report.words.clone(),
        place_words: report.place_words.clone(),
        public: rules()?.sort(&kind.sort).is_some_and(|sort| sort.public),
        photos: photos.into_iter().map(|photo| photo.id).collect(),
    })
}

/// Whoever reported under their name reads the answer: mostly they are satisfied.
pub async fn follow(app: &App, random: &(dyn Random + 'static), reporter: &Caller, report: &Report) -> Result<()> {
    let now = app.now();
    if report.may_reopen(report, rules()?.reopening, now.utc()) && random.below(4) == 0 {
        actions::reopen(app, now, reporter, None, report.id, "Hôm sau lại như cũ.").await?;
    } else if report.may_rate(report) {
        actions::rate(app, now, reporter, None, report.id, random.below(5) > 0).await?;
    }
    Ok(())
}
