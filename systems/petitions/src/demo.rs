//! Sample petitions for demo, simulation and tests: a clerk who enters them and officers who answer, through the same actions
//! as the pages.

use base::{Error, Id, Random, Result};
use chrono::{Days, NaiveDate, TimeDelta};
use directory::Agency;
use flow::Work;
use flow::queries::Piece;
use system::{App, Caller};

use crate::actions::{self, Classified, NewAnswer, NewEntry, NewStep};
use crate::collected::Sitting;
use crate::meeting::{Meeting, NewMeeting};
use crate::petition::{Petition, State};
use crate::rules::{self, rules};
use crate::{queries, twins};

/// Two meetings of the province's council, the first of which is over on `today`.
pub async fn meetings(app: &App, clerk: &Caller, today: NaiveDate) -> Result<Vec<Meeting>> {
    let day = |days: i64| today.checked_add_signed(TimeDelta::days(days));
    let dates = [(11, day(-150), day(-148)), (12, day(20), day(22))];
    let mut meetings = Vec::new();
    for (number, opens_on, closes_on) in dates {
        let new = NewMeeting {
            id: Id::new(app.now()),
            body: "province-council".to_owned(),
            place: None,
            term: "Khóa VIII".to_owned(),
            number,
            title: format!("Kỳ họp thứ {number}, HĐND tỉnh khóa VIII"),
            opens_on,
            closes_on,
        };
        meetings.push(actions::add_meeting(app, app.now(), clerk, new).await?);
    }
    Ok(meetings)
}

/// What voters say, by field.
const SAID: [(&str, &str); 14] = [
    ("giao-thong", "Đề nghị sửa chữa tuyến đường liên xã bị hư hỏng nặng, mùa mưa đi lại rất khó khăn."),
    ("giao-thong", "Đề nghị lắp đèn tín hiệu ở ngã tư trước trường học vì thường xảy ra va chạm."),
    ("dat-dai", "Đề nghị đẩy nhanh việc cấp giấy chứng nhận quyền sử dụng đất cho các hộ tái định cư."),
    ("dat-dai", "Đề nghị kiểm tra cơ sở chế biến xả nước thải chưa xử lý ra kênh."),
    ("nong-nghiep", "Đề nghị nạo vét kênh thủy lợi, nhiều thửa ruộng cuối kênh thiếu nước."),
    ("nong-nghiep", "Đề nghị hỗ trợ người nuôi trồng thủy sản bị thiệt hại do bão."),
    ("cong-thuong", "Đề nghị nâng cấp đường điện hạ thế, điện yếu vào giờ cao điểm."),
    ("cong-thuong", "Đề nghị đầu tư xây mới chợ trung tâm đã xuống cấp."),
    ("y-te", "Đề nghị tăng bác sĩ cho trạm y tế, người dân phải chờ khám bệnh quá lâu."),
    ("giao-duc", "Đề nghị xây thêm phòng học vì lớp đang quá đông học sinh."),
    ("chinh-sach", "Đề nghị chi trả trợ cấp người có công đúng ngày hằng tháng."),
    ("an-ninh", "Đề nghị tăng cường tuần tra, xử lý thanh niên tụ tập đua xe ban đêm."),
    ("khac", "Đề nghị công khai thời gian tiếp công dân của lãnh đạo xã trên loa truyền thanh."),
    ("khac", "Đề nghị Trung ương xem xét điều chỉnh mức đóng bảo hiểm xã hội tự nguyện."),
];

const GROUPS: [&str; 4] = ["Cử tri thôn Ví Dụ", "Nhóm cử tri tổ dân phố Minh Họa", "Hội người cao tuổi Ví Dụ", ""];

/// Voters of a place say something; now and then the same as those of other places.
pub async fn enter(
    app: &App,
    random: &(dyn Random + 'static),
    clerk: &Caller,
    meeting: &Meeting,
    place: &Agency,
) -> Result<Petition> {
    let any = |count: usize| usize::try_from(random.below(count as u64));
    let (field, words) = SAID[any(SAID.len())?];
    let new = NewEntry {
        id: Id::new(app.now()),
        meeting: meeting.id,
        sitting: if random.below(2) == 0 { Sitting::Before } else { Sitting::After },
        place: place.id,
        voter: GROUPS[any(GROUPS.len())?].to_owned(),
        words: words.to_owned(),
        field: if random.below(5) == 0 { String::new() } else { field.to_owned() },
        proposed: None,
        collected_on: app.now().today().checked_sub_days(Days::new(random.below(20))),
    };
    actions::enter(app, app.now(), clerk, new).await
}

/// An officer takes up one piece of work and ends its step as officers mostly do; a petition is given only to one of the
/// agencies `among`, which have somebody to answer.
pub async fn work(
    app: &App,
    random: &(dyn Random + 'static),
    officer: &Caller,
    piece: &Piece,
    among: &[Agency],
) -> Result<bool> {
    let (now, step) = (app.now(), piece.step.id);
    let petition = queries::by_id(app.store.read(), piece.case.subject).await?.ok_or(Error::NotFound)?;
    let chance = random.below(100);
    match piece.step.does {
        Work::Receive => classify(app, random, officer, &petition, step, among).await?,
        Work::Assign => {
            let agency = petition.proposed.unwrap_or(petition.receiving);
            // One that came back goes to another agency.
            let agency = if petition.state == State::Returned { any(random, among)?.id } else { agency };
            actions::assign(app, now, officer, petition.id, step, agency).await?;
        }
        Work::Examine if chance < 6 && petition.state == State::Assigned => {
            give_back(app, officer, piece).await?;
        }
        Work::Examine if chance < 60 && petition.state == State::Assigned => {
            actions::take(app, now, officer, petition.id, step).await?;
        }
        Work::Examine => {
            actions::propose(app, now, officer, petition.id, step, answer(app, random)?).await?;
        }
        Work::Sign if chance < 8 => {
            actions::send_back(app, now, officer, petition.id, step, "Nêu rõ thời gian hoàn thành.").await?;
        }
        Work::Sign => {
            actions::approve(app, now, officer, petition.id, step).await?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// The agency says that a petition is not its own.
pub async fn give_back(app: &App, officer: &Caller, piece: &Piece) -> Result<()> {
    let reason = "Nội dung này không thuộc lĩnh vực cơ quan phụ trách.";
    actions::return_to_desk(app, app.now(), officer, piece.case.subject, piece.step.id, reason).await?;
    Ok(())
}

/// Some department or commune; vertical agencies answer only what is theirs.
fn any<'a>(random: &(dyn Random + 'static), among: &'a [Agency]) -> Result<&'a Agency> {
    let general: Vec<&Agency> =
        among.iter().filter(|agency| ["department", "commune-committee"].contains(&agency.kind.as_str())).collect();
    let index = usize::try_from(random.below(general.len().max(1) as u64))?;
    general.get(index).copied().ok_or_else(|| Error::inside("no agency to answer"))
}

async fn classify(
    app: &App,
    random: &(dyn Random + 'static),
    officer: &Caller,
    petition: &Petition,
    step: Id,
    among: &[Agency],
) -> Result<()> {
    let (now, c) = (app.now(), app.store.read());
    if petition.words.contains("Trung ương") {
        let to = "Bộ Nội vụ";
        actions::forward(app, now, officer, petition.id, step, to, &petition.words).await?;
        return Ok(());
    }
    let alike = queries::joinable(c, petition, 100)
        .await?
        .into_iter()
        .find(|other| other.id < petition.id && twins::likeness(&petition.words, &other.words) >= 90);
    if let Some(other) = alike {
        actions::join(app, now, officer, petition.id, step, &other.code).await?;
        return Ok(());
    }
    if random.below(25) == 0 {
        actions::refuse(app, now, officer, petition.id, step, "Nội dung là lời khen, không có kiến nghị.").await?;
        return Ok(());
    }
    let field = if petition.field.is_empty() { "khac" } else { &petition.field };
    let usual = usual(app, petition, field).await?;
    let proposed = usual.filter(|usual| among.iter().any(|agency| agency.id == *usual));
    let decided = Classified {
        field: field.to_owned(),
        words: petition.words.clone(),
        proposed: match proposed {
            Some(agency) => agency,
            None => any(random, among)?.id,
        },
    };
    actions::classify(app, now, officer, petition.id, step, decided).await?;
    Ok(())
}

/// Whom the rules propose.
async fn usual(app: &App, petition: &Petition, field: &str) -> Result<Option<Id>> {
    let c = app.store.read();
    let Some(first) = queries::collected_in(c, petition.id).await?.into_iter().next() else { return Ok(None) };
    match rules::in_charge(c, &rules::field(field)?.handled_by, first.place, app.now()).await {
        Ok(agency) => Ok(Some(agency.id)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn answer(app: &App, random: &(dyn Random + 'static)) -> Result<NewAnswer> {
    let results = &rules()?.results;
    let result = &results[usize::try_from(random.below(results.len() as u64))?];
    let today = app.now().today();
    let step =
        |words: &str, days: u64| NewStep { words: words.to_owned(), due_on: today.checked_add_days(Days::new(days)) };
    let words = match result.code.as_str() {
        "resolved" => "Đã giải quyết xong, cử tri có thể kiểm tra tại chỗ.",
        "in-progress" => "Đã lập kế hoạch và bố trí vốn, thực hiện theo lộ trình kèm theo.",
        "explained" => {
            "Việc này đang thực hiện theo quy định hiện hành; cơ quan đã thông tin đến cử tri tại địa phương."
        }
        _ => "Chưa giải quyết được trong năm nay, sẽ đưa vào kế hoạch năm sau.",
    };
    Ok(NewAnswer {
        id: Id::new(app.now()),
        result: result.code.clone(),
        words: words.to_owned(),
        reason: "Chưa bố trí được vốn.".to_owned(),
        road_map: vec![
            step("Khảo sát, lập dự toán", 3 + random.below(10)),
            step("Thi công", 40 + random.below(30)),
            step("Nghiệm thu, bàn giao", 90 + random.below(60)),
        ],
    })
}

/// The office that entered petitions looks again at those that were answered: some are followed up, closed, or to be
/// answered again.
pub async fn follow(
    app: &App,
    random: &(dyn Random + 'static),
    clerk: &Caller,
    petition: &Petition,
    meeting: &Meeting,
) -> Result<()> {
    let (now, id) = (app.now(), petition.id);
    let carries_over =
        petition.result.as_deref().is_some_and(|code| rules::result(code).is_ok_and(|result| result.carries_over));
    match random.below(10) {
        0 if carries_over => {
            actions::re_supervise(app, now, clerk, id, "Đề nghị báo cáo lại, nêu rõ nguồn vốn và ngày xong.").await?;
        }
        1..5 if carries_over => {
            actions::follow_up(app, now, clerk, id, meeting.id, "Tiến độ chậm so với lộ trình đã báo cáo.").await?;
        }
        0..4 => {
            actions::close(app, now, clerk, id, "Cử tri nhất trí với kết quả giải quyết.").await?;
        }
        _ => {}
    }
    Ok(())
}
