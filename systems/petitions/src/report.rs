//! What a meeting is told: every petition collected for it, how it was answered, and what earlier meetings left open. All
//! figures are counted from the rows that the list shows.

use std::collections::BTreeSet;

use base::{Error, Id, Now, Result, local};
use chrono::{DateTime, NaiveDate, Utc};
use directory::Agency;
use directory::queries::Names;
use print::{Column, Head, Letter, Number, Part, Signer, Table};
use system::{App, Officer};

use crate::meeting::Meeting;
use crate::petition::{Petition, RoadStep, State};
use crate::queries::{self, Answer, Counts};
use crate::rules::{field_title, result_title, rules};

/// Petitions of one report, at most.
const MOST: usize = 5000;

/// A petition as a report lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub petition: Petition,
    /// The last approved answer, and its road map.
    pub answer: Option<(Answer, Vec<RoadStep>)>,
    pub agency: String,
    pub places: Vec<String>,
}

/// The report for a meeting.
#[derive(Clone, Debug)]
pub struct Report {
    pub meeting: Meeting,
    pub own: Vec<Listed>,
    /// Of earlier meetings of the same body, still to be followed up.
    pub carried_over: Vec<Listed>,
    pub made_at: DateTime<Utc>,
}

impl Report {
    pub async fn read(app: &App, now: Now, meeting: Id) -> Result<Self> {
        let c = app.store.read();
        let meeting = queries::meeting(c, meeting).await?.ok_or(Error::NotFound)?;
        let open: Vec<&str> =
            rules()?.results.iter().filter(|result| result.carries_over).map(|result| result.code.as_str()).collect();
        let own = queries::of_meeting(c, meeting.id, None, MOST).await?;
        let carried_over = queries::of_meeting(c, meeting.id, Some(&open), MOST).await?;
        let mut names = Names::default();
        Ok(Self {
            own: listed(app, own, &mut names).await?,
            carried_over: listed(app, carried_over, &mut names).await?,
            meeting,
            made_at: now.utc(),
        })
    }

    /// Of the meeting's own petitions that the province answers.
    pub fn totals(&self) -> Counts {
        counts(self.answerable(), self.made_at)
    }

    /// By result, in the order of the rules; those without an answer last, under none.
    pub fn by_result(&self) -> Vec<(Option<String>, Counts)> {
        let order = |code: &Option<String>| {
            let place = rules()
                .ok()
                .and_then(|rules| rules.results.iter().position(|result| Some(&result.code) == code.as_ref()));
            (code.is_none(), place)
        };
        let mut lines = self.grouped(|listed| listed.petition.result.clone());
        lines.sort_by_key(|(code, _)| order(code));
        lines
    }

    pub fn by_field(&self) -> Vec<(String, Counts)> {
        self.grouped(|listed| listed.petition.field.clone())
    }

    pub fn by_agency(&self) -> Vec<(String, Counts)> {
        self.grouped(|listed| listed.agency.clone())
    }

    fn answerable(&self) -> impl Iterator<Item = &Listed> {
        self.own.iter().filter(|listed| listed.petition.state != State::Forwarded)
    }

    fn grouped<K: Ord + Clone>(&self, key: impl Fn(&Listed) -> K) -> Vec<(K, Counts)> {
        let keys: BTreeSet<K> = self.answerable().map(&key).collect();
        let of = |wanted: K| {
            let own = counts(self.answerable().filter(|listed| key(listed) == wanted), self.made_at);
            (wanted, own)
        };
        keys.into_iter().map(of).collect()
    }

    /// The report as an official paper of the officer's agency, signed by its head when it is done.
    pub async fn letter(&self, app: &App, officer: &Officer) -> Result<Letter> {
        let c = app.store.read();
        let agency = directory::queries::agency(c, officer.agency).await?.ok_or(Error::NotFound)?;
        let province = app.settings.province.name.trim_start_matches("Tỉnh ").trim_start_matches("Thành phố ");
        Ok(Letter {
            head: Head {
                parent: (!agency.kind.ends_with("committee"))
                    .then(|| format!("Ủy ban nhân dân\n{}", app.settings.province.name)),
                agency: agency.name.clone(),
                place: province.to_owned(),
                number: Some(Number::awaited("{number}/BC")),
                date: None,
                demo: app.settings.demo,
            },
            title: "Báo cáo".to_owned(),
            subject: Some(format!("Kết quả giải quyết, trả lời kiến nghị của cử tri – {}", self.meeting.title)),
            addressees: vec![rules()?.body(&self.meeting.body).map_or_else(String::new, |body| body.title.clone())],
            body: self.body(),
            signer: signer(&agency),
            recipients: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
        })
    }

    fn body(&self) -> Vec<Part> {
        let totals = self.totals();
        let forwarded = self.own.len() - self.answerable().count();
        let mut body = vec![
            Part::Text(format!(
                "Tính đến {}, có {} kiến nghị của cử tri ({} lượt địa phương) được gửi đến {} và thuộc thẩm quyền của tỉnh; đã trả lời {}, \
                 trong đó đúng hạn {}; còn {} kiến nghị chưa trả lời, trong đó {} quá hạn. Chuyển cơ quan Trung ương {} kiến nghị.",
                moment(self.made_at),
                totals.petitions,
                totals.places,
                self.meeting.title,
                totals.answered,
                totals.in_time,
                totals.petitions - totals.answered,
                totals.late,
                forwarded
            )),
            Part::Heading("I. THEO KẾT QUẢ GIẢI QUYẾT".to_owned()),
        ];
        let result = |code: &Option<String>| code.as_deref().map_or_else(|| "Chưa trả lời".to_owned(), result_title);
        let results: Vec<_> = self.by_result().iter().map(|(code, counts)| (result(code), *counts)).collect();
        body.push(figures("Kết quả", &results, totals));
        body.push(Part::Heading("II. THEO LĨNH VỰC".to_owned()));
        let fields: Vec<_> = self.by_field().iter().map(|(code, counts)| (field_title(code), *counts)).collect();
        body.push(figures("Lĩnh vực", &fields, totals));
        body.push(Part::Heading("III. THEO CƠ QUAN GIẢI QUYẾT".to_owned()));
        body.push(figures("Cơ quan", &self.by_agency(), totals));
        body.push(Part::Heading("IV. TỪNG KIẾN NGHỊ".to_owned()));
        body.push(list(&self.own));
        if !self.carried_over.is_empty() {
            body.push(Part::Heading("V. KIẾN NGHỊ CỦA CÁC KỲ HỌP TRƯỚC CÒN THEO DÕI".to_owned()));
            body.push(list(&self.carried_over));
        }
        body
    }
}

async fn listed(app: &App, petitions: Vec<Petition>, names: &mut Names) -> Result<Vec<Listed>> {
    let c = app.store.read();
    let mut rows = Vec::new();
    for petition in petitions {
        let approved = queries::answers(c, petition.id).await?.into_iter().rfind(|answer| answer.approved_at.is_some());
        let answer = match approved {
            Some(answer) => {
                let road_map = queries::road_map(c, answer.id).await?;
                Some((answer, road_map))
            }
            None => None,
        };
        let mut places = BTreeSet::new();
        for collected in queries::collected_in(c, petition.id).await? {
            places.insert(directory::commune_name(&names.of(c, collected.place).await?).to_owned());
        }
        let agency = names.of(c, petition.agency).await?;
        rows.push(Listed { answer, agency, places: places.into_iter().collect(), petition });
    }
    Ok(rows)
}

fn counts<'a>(listed: impl Iterator<Item = &'a Listed>, now: DateTime<Utc>) -> Counts {
    listed.fold(Counts::default(), |counts, Listed { petition, .. }| {
        let answered = petition.answered_at.is_some();
        let late = petition.is_late(now);
        Counts {
            petitions: counts.petitions + 1,
            places: counts.places + petition.places,
            answered: counts.answered + i64::from(answered),
            in_time: counts.in_time + i64::from(answered && !late),
            late: counts.late + i64::from(!answered && late),
        }
    })
}

fn figures(first: &str, lines: &[(String, Counts)], totals: Counts) -> Part {
    let columns = vec![
        Column::words(first, 10),
        Column::figures("Số kiến nghị", 3),
        Column::figures("Lượt địa phương", 3),
        Column::figures("Đã trả lời", 3),
        Column::figures("Đúng hạn", 3),
        Column::figures("Quá hạn, chưa trả lời", 3),
    ];
    let row = |name: &str, counts: Counts| {
        let figures = [counts.petitions, counts.places, counts.answered, counts.in_time, counts.late];
        std::iter::once(name.to_owned()).chain(figures.map(|figure| figure.to_string())).collect()
    };
    let mut rows: Vec<Vec<String>> = lines.iter().map(|(name, counts)| row(name, *counts)).collect();
    rows.push(row("Tổng cộng", totals));
    Part::Table(Table { columns, rows })
}

fn list(listed: &[Listed]) -> Part {
    let columns = vec![
        Column::figures("STT", 1),
        Column::words("Mã, nội dung kiến nghị", 6),
        Column::words("Địa phương", 3),
        Column::words("Cơ quan, kết quả, trả lời", 6),
    ];
    let row = |(number, listed): (usize, &Listed)| {
        let petition = &listed.petition;
        let words = petition.public_words.as_deref().unwrap_or_default();
        vec![
            number.to_string(),
            format!("{}\n{words}", petition.code),
            listed.places.join("\n"),
            format!("{}\n{}", listed.agency, answer(listed)),
        ]
    };
    Part::Table(Table { columns, rows: (1..).zip(listed).map(row).collect() })
}

fn answer(listed: &Listed) -> String {
    let Some((answer, road_map)) = &listed.answer else {
        return match (&listed.petition.forwarded_to, listed.petition.promised_at) {
            (Some(to), _) => format!("Chuyển {to}."),
            (None, Some(promised)) => format!("Đang xử lý, hạn trả lời {}.", web::date(local(promised).date_naive())),
            (None, None) => "Chờ giao cơ quan giải quyết.".to_owned(),
        };
    };
    let again = if listed.petition.answered_at.is_none() { "Đang trả lời lại. " } else { "" };
    let reason = if answer.reason.is_empty() { String::new() } else { format!("\nLý do: {}", answer.reason) };
    let steps = road_map.iter().map(|step| {
        let done = step.done_on.map(|day| format!(" (xong {})", web::date(day))).unwrap_or_default();
        format!("\n{}: {}{done}", web::date(step.due_on), step.words)
    });
    format!("{again}{}. {}{reason}{}", result_title(&answer.result), answer.words, steps.collect::<String>())
}

fn moment(at: DateTime<Utc>) -> String {
    let day: NaiveDate = local(at).date_naive();
    format!("{} ngày {}", web::time_of_day(at), web::date(day))
}

/// Above the signature of the head of the agency; the name is written when it is known who signs.
fn signer(agency: &Agency) -> Signer {
    let authority = if agency.kind.ends_with("committee") {
        vec!["TM. ỦY BAN NHÂN DÂN".to_owned(), "CHỦ TỊCH".to_owned()]
    } else {
        vec!["THỦ TRƯỞNG CƠ QUAN".to_owned()]
    };
    Signer { authority, name: String::new() }
}
