//! Sample letters for demo, simulation and tests, through the same actions as the pages.

use base::{Error, Random, Result};
use chrono::Days;
use directory::Agency;
use flow::Work;
use flow::queries::Piece;
use identity::LinkSecret;
use system::{App, Caller};

use crate::actions::{self, Conclusion, Content, NewLetter, NewReception, Reading};
use crate::given::Given;
use crate::letter::{Finding, Kind, Letter, Outcome, Sender, Source};
use crate::rules::{self, rules};
use crate::{access, queries};

/// The passphrase of every key of a demo; no key of another province was made with it.
pub const PASSPHRASE: &str = "minh họa niêm phong 2026";

/// Who holds the keys of a demo.
pub struct KeyHolders<'a> {
    pub holders: [&'a Caller; 3],
    pub appointed: &'a Caller,
}

/// Names holders, makes keys and appoints, as a leader and they themselves would.
pub async fn appoint(app: &App, people: KeyHolders<'_>) -> Result<()> {
    let now = app.now();
    let [leader, second, third] = people.holders;
    let named = [leader.officer()?.person, second.officer()?.person, third.officer()?.person];
    actions::name_holders(app, now, leader, named).await?;
    for caller in people.holders.into_iter().chain([people.appointed]) {
        actions::make_key(app, now, caller, PASSPHRASE, PASSPHRASE).await?;
    }
    actions::appoint(app, now, leader, people.appointed.officer()?.person).await
}

/// The agency announces when its leader receives citizens: so many times, a week apart.
pub async fn calendar(app: &App, desk: &Caller, weeks: u64) -> Result<()> {
    let now = app.now();
    for week in 1..=weeks {
        let held_on = now.today().checked_add_days(Days::new(week * 7)).unwrap_or(now.today());
        let new = NewReception {
            id: base::Id::new(now),
            held_on,
            begins: "08:00".to_owned(),
            place: "Phòng tiếp công dân, tầng 1".to_owned(),
            leader: "Người đứng đầu cơ quan".to_owned(),
        };
        actions::plan_reception(app, now, desk, new).await?;
    }
    Ok(())
}

/// Somebody writes to a commune: a complaint or a petition, now and then with many others.
pub async fn letter(app: &App, random: &(dyn Random + 'static), sender: &Sender, commune: &Agency) -> Result<Letter> {
    let kind = if random.below(3) == 0 { Kind::Other } else { Kind::Complaint };
    let fields = &rules()?.fields;
    let field = &fields[usize::try_from(random.below(fields.len() as u64))?];
    let new = NewLetter {
        secret: LinkSecret::new(&*app.random),
        kind,
        source: Source::Portal,
        receiving: commune.id,
        commune: Some(commune.id),
        field: Some(field.code.clone()),
        previous: None,
        dated: None,
        people: if random.below(6) == 0 { 5 + i64::try_from(random.below(20))? } else { 1 },
        content: Content::Open {
            sender: sender.clone(),
            against: "Văn bản trả lời của Ủy ban nhân dân".to_owned(),
            summary: words(kind, &field.code).to_owned(),
            files: Vec::new(),
        },
        address: None,
    };
    actions::receive(app, app.now(), &Caller::Anonymous, new).await
}

fn words(kind: Kind, field: &str) -> &'static str {
    match (kind, field) {
        (Kind::Complaint, "dat-dai") => "Diện tích đất được bồi thường ít hơn diện tích trong giấy chứng nhận.",
        (Kind::Complaint, _) => "Quyết định xử phạt không đúng hành vi và quá thời hiệu.",
        (_, "dat-dai") => "Đề nghị công khai phương án bồi thường của dự án tại nhà văn hóa.",
        _ => "Đề nghị bố trí thêm người tại bộ phận một cửa vào sáng thứ Hai.",
    }
}

/// Somebody who stays sealed denounces something.
pub async fn denounce(app: &App, random: &(dyn Random + 'static), sender: &Sender) -> Result<Letter> {
    let mut given = Given::default();
    given.name.clone_from(&sender.name);
    given.number.clone_from(&sender.number);
    given.address.clone_from(&sender.address);
    given.phone.clone_from(&sender.phone);
    "Cán bộ Ví Dụ".clone_into(&mut given.against);
    let words = match random.below(3) {
        0 => "Lập hồ sơ khống để nhận tiền hỗ trợ.",
        1 => "Yêu cầu đưa tiền mới giải quyết hồ sơ.",
        _ => "Giao đất công cho người thân không qua đấu giá.",
    };
    words.clone_into(&mut given.words);
    let new = NewLetter {
        secret: LinkSecret::new(&*app.random),
        kind: Kind::Denunciation,
        source: Source::Portal,
        receiving: rules::in_charge(app.store.read(), &rules()?.denunciations_to, None, app.now()).await?.id,
        commune: None,
        field: None,
        previous: None,
        dated: None,
        people: 1,
        content: Content::Sealed(given),
        address: None,
    };
    actions::receive(app, app.now(), &Caller::Anonymous, new).await
}

/// An officer takes up one piece of work and ends its step as officers mostly do.
pub async fn work(app: &App, random: &(dyn Random + 'static), officer: &Caller, piece: &Piece) -> Result<bool> {
    let (now, step) = (app.now(), piece.step.id);
    let letter = queries::by_id(app.store.read(), piece.case.subject).await?.ok_or(Error::NotFound)?;
    let chance = random.below(100);
    match (piece.step.name.as_str(), piece.step.does) {
        ("read", _) => {
            if letter.is_sealed() && letter.summary.is_empty() && !read_sealed(app, officer, &letter).await? {
                return Ok(false);
            }
            actions::propose(app, now, officer, letter.id, step, usual(&letter, chance)?).await?;
        }
        ("approve", _) if chance < 10 => {
            actions::send_back(app, now, officer, letter.id, step, "Nêu rõ căn cứ.").await?;
        }
        ("approve", _) => {
            actions::approve(app, now, officer, letter.id, step).await?;
        }
        ("verify", _) => {
            let finding = Finding::ALL[usize::try_from(chance % 3)?];
            let words = "Đã làm việc với các bên, đối chiếu hồ sơ gốc.".to_owned();
            actions::conclude(app, now, officer, letter.id, step, Conclusion { finding, words }).await?;
        }
        ("decide", _) => {
            actions::decide(app, now, officer, letter.id, step).await?;
        }
        (_, Work::Return) => {
            actions::carry_out(app, now, officer, letter.id, step, "Đã gửi và thi hành xong.").await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// The appointed officer opens a denunciation and sums it up; others leave it.
async fn read_sealed(app: &App, officer: &Caller, letter: &Letter) -> Result<bool> {
    let person = access::may(officer, access::HANDLE)?.person;
    if !queries::is_appointed(app.store.read(), person).await? {
        return Ok(false);
    }
    let now = app.now();
    actions::open(app, now, officer, letter.id, PASSPHRASE, "Xử lý ban đầu đơn tố cáo").await?;
    let summary = "Tố cáo cán bộ vi phạm khi giải quyết hồ sơ.";
    actions::summarise(app, now, officer, letter.id, summary, letter.commune).await?;
    Ok(true)
}

/// What an inspector mostly finds: everything is there; now and then the letter is for another agency.
pub fn usual(letter: &Letter, chance: u64) -> Result<Reading> {
    let conditions = rules::conditions(letter.kind)?;
    let elsewhere = chance < 15;
    let met = conditions.iter().filter(|condition| !elsewhere || condition.code != "tham-quyen");
    let outcome = match letter.kind {
        _ if !elsewhere => Outcome::Accept,
        Kind::Complaint => Outcome::Return,
        _ => Outcome::Transfer,
    };
    Ok(Reading {
        met: met.map(|condition| condition.code.clone()).collect(),
        outcome,
        field: letter.field.clone().unwrap_or_else(|| "hanh-chinh".to_owned()),
        commune: letter.commune,
        remote: false,
        complex: false,
        reasons: "Đã kiểm tra các điều kiện xử lý đơn.".to_owned(),
    })
}
