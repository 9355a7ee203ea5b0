//! What is said on paper: statutory slips, decisions, conclusions and the periodic report, made from the rows when they are asked
//! for. A denunciation's papers name nobody who sent it.

use base::{Error, Result, local};
use chrono::{DateTime, NaiveDate, Utc};
use directory::Agency;
use print::{Column, Head, Letter as Paper, Number, Part, Row, Signer, Table};
use system::App;

use crate::letter::{Finding, Kind, Letter, Outcome, Sender, State};
use crate::queries::Note;
use crate::rules;

/// Which paper of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// What becomes of it: thông báo thụ lý, phiếu hướng dẫn, phiếu chuyển đơn, thông báo trả đơn.
    Outcome,
    /// Quyết định giải quyết, kết luận tố cáo, văn bản trả lời.
    Decision,
}

impl About {
    /// The papers that there are of a letter as it stands.
    pub(crate) fn of(letter: &Letter) -> Vec<Self> {
        let slip = letter.outcome.is_some() && !matches!(letter.state, State::Received | State::Proposed);
        let kept = letter.outcome == Some(Outcome::File);
        let slip = (slip && !kept).then_some(Self::Outcome);
        slip.into_iter().chain(letter.decided_at.map(|_| Self::Decision)).collect()
    }

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Outcome => "xu-ly",
            Self::Decision => "ket-qua",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Outcome, Self::Decision].into_iter().find(|about| about.as_str() == text)
    }

    /// Key of its name on screen.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Outcome => "complaints-paper-outcome",
            Self::Decision => "complaints-paper-decision",
        }
    }
}

/// What a paper is made of beside the letter.
pub(crate) struct Ground<'a> {
    pub(crate) app: &'a App,
    pub(crate) agency: &'a Agency,
    /// Absent for a sealed letter, and then nothing stands in its place.
    pub(crate) sender: Option<&'a Sender>,
    pub(crate) notes: &'a [Note],
}

impl Ground<'_> {
    fn head(&self, pattern: &str, at: Option<DateTime<Utc>>) -> Head {
        let province = &self.app.settings.province.name;
        let committee = self.agency.kind.ends_with("committee");
        Head {
            parent: (!committee).then(|| format!("UBND {}", province.to_uppercase())),
            agency: self.agency.name.clone(),
            place: self.agency.place(province),
            number: Some(Number::awaited(&format!("{{number}}/{pattern}-{}", self.agency.notation))),
            date: at.map(|at| local(at).date_naive()),
            demo: self.app.settings.demo,
        }
    }

    /// Whoever is competent signs by hand, or by the house's signatures.
    fn signer(&self) -> Signer {
        let authority = if self.agency.kind.ends_with("committee") {
            vec!["TM. ỦY BAN NHÂN DÂN".to_owned(), "CHỦ TỊCH".to_owned()]
        } else {
            vec!["THỦ TRƯỞNG CƠ QUAN".to_owned()]
        };
        Signer { authority, name: String::new() }
    }

    fn words(&self, kind: &str) -> String {
        let last = self.notes.iter().rev().find(|note| note.kind == kind);
        last.map(|note| note.words.clone()).unwrap_or_default()
    }

    fn addressee(&self, letter: &Letter) -> String {
        match self.sender {
            Some(sender) if sender.address.is_empty() => format!("Ông/Bà {}", sender.name),
            Some(sender) => format!("Ông/Bà {}, {}", sender.name, sender.address),
            None => format!("Người gửi đơn mã {}", letter.code),
        }
    }

    fn rows(letter: &Letter) -> Part {
        let field = letter.field.as_deref().map(rules::field_title).unwrap_or_default();
        let rows = [
            ("Mã đơn", letter.code.clone()),
            ("Ngày nhận", date(letter.received_at)),
            ("Lĩnh vực", field),
            ("Nội dung", letter.summary.clone()),
        ];
        Part::Rows(rows.into_iter().map(|(label, value)| Row::new(label, value)).collect())
    }

    /// The paper of a letter.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that the letter has not come to yet.
    pub(crate) fn paper(&self, letter: &Letter, about: About) -> Result<Paper> {
        if !About::of(letter).contains(&about) {
            return Err(Error::NotFound);
        }
        match about {
            About::Outcome => self.slip(letter),
            About::Decision => self.decision(letter),
        }
    }

    fn slip(&self, letter: &Letter) -> Result<Paper> {
        let named = kind(letter.kind);
        let (title, pattern, subject, said) = match letter.outcome {
            Some(Outcome::Accept) => {
                ("Thông báo", "TB", format!("Về việc thụ lý {named}"), "Thụ lý để giải quyết theo thẩm quyền.")
            }
            Some(Outcome::Guide) => (
                "Phiếu hướng dẫn",
                "HD",
                format!("Về việc gửi {named} đến cơ quan có thẩm quyền"),
                "Đơn không thuộc thẩm quyền giải quyết của cơ quan. Đề nghị gửi đến cơ quan có thẩm quyền nêu dưới đây. \
                 Việc hướng dẫn chỉ thực hiện một lần.",
            ),
            Some(Outcome::Transfer) => (
                "Phiếu chuyển đơn",
                "PC",
                format!("Chuyển {named}"),
                "Chuyển đơn và tài liệu kèm theo đến cơ quan có thẩm quyền nêu dưới đây để giải quyết theo quy định.",
            ),
            Some(Outcome::Return) => (
                "Thông báo",
                "TB",
                format!("Về việc không thụ lý, trả lại {named}"),
                "Đơn không đủ điều kiện thụ lý; trả lại đơn và tài liệu kèm theo.",
            ),
            _ => return Err(Error::NotFound),
        };
        let mut body = vec![basis(letter.kind), Self::rows(letter), Part::Text(said.to_owned())];
        body.push(Part::Text(self.words("reasons")));
        if let Some(due) = letter.due_at.filter(|_| letter.outcome == Some(Outcome::Accept)) {
            body.push(Part::Text(format!("Thời hạn giải quyết: đến hết ngày {}.", date(due))));
        }
        // Whoever denounces is told by their link; the slip that goes elsewhere does not name them.
        let addressees = vec![self.addressee(letter)];
        Ok(self.whole(pattern, title, subject, addressees, body, letter.accepted_at))
    }

    fn decision(&self, letter: &Letter) -> Result<Paper> {
        let found = match letter.finding.ok_or(Error::NotFound)? {
            Finding::Right => "đúng",
            Finding::Wrong => "sai",
            Finding::Partly => "đúng một phần",
        };
        let words = self.words("finding");
        let rows = Self::rows(letter);
        let at = letter.decided_at;
        Ok(match letter.kind {
            Kind::Complaint => {
                let time = if letter.instance == 2 { "lần hai" } else { "lần đầu" };
                let subject = format!("Về việc giải quyết khiếu nại ({time})");
                let mut body = vec![basis(letter.kind), Part::Formula("QUYẾT ĐỊNH:".to_owned())];
                let against = format!("Nội dung khiếu nại đối với {} là {found}. {words}", letter.against);
                let appeal = "Không đồng ý thì có quyền khiếu nại lần hai hoặc khởi kiện tại Tòa án theo quy định.";
                body.extend([against, appeal.to_owned()].map(Part::Article));
                body.push(rows);
                self.whole("QĐ", "Quyết định", subject, Vec::new(), body, at)
            }
            Kind::Denunciation => {
                let subject = "Nội dung tố cáo".to_owned();
                let result = Part::Text(format!("Kết luận: nội dung tố cáo là {found}."));
                self.whole(
                    "KL",
                    "Kết luận",
                    subject,
                    Vec::new(),
                    vec![basis(letter.kind), rows, result, Part::Text(words)],
                    at,
                )
            }
            Kind::Other | Kind::Mixed => {
                let body = vec![basis(letter.kind), rows, Part::Text(words)];
                let subject = "Về việc trả lời kiến nghị, phản ánh".to_owned();
                self.whole("TB", "Thông báo", subject, vec![self.addressee(letter)], body, at)
            }
        })
    }

    fn whole(
        &self,
        pattern: &str,
        title: &str,
        subject: String,
        addressees: Vec<String>,
        body: Vec<Part>,
        at: Option<DateTime<Utc>>,
    ) -> Paper {
        let mut recipients = vec!["Như trên".to_owned(), "Lưu: VT".to_owned()];
        if addressees.is_empty() {
            recipients.remove(0);
        }
        Paper {
            head: self.head(pattern, at),
            title: title.to_owned(),
            subject: Some(subject),
            addressees,
            body: body.into_iter().filter(|part| !matches!(part, Part::Text(words) if words.is_empty())).collect(),
            signer: self.signer(),
            recipients,
        }
    }

    /// The periodic report: a table for each breakdown, in the words of the page of figures.
    pub(crate) fn report(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        parts: Vec<(String, Vec<String>, Vec<Vec<String>>)>,
    ) -> Paper {
        let day = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
        let mut body = vec![Part::Text(format!(
            "Từ ngày {} đến ngày {}, kết quả tiếp nhận, xử lý đơn như sau:",
            day(from),
            day(to)
        ))];
        for (title, columns, rows) in parts {
            body.push(Part::Heading(title));
            let mut columns = columns.into_iter();
            let first = columns.next().map(|title| Column::words(title, 4));
            let columns = first.into_iter().chain(columns.map(|title| Column::figures(title, 1))).collect();
            body.push(Part::Table(Table { columns, rows }));
        }
        let subject = "Kết quả tiếp công dân, xử lý đơn khiếu nại, tố cáo, kiến nghị, phản ánh".to_owned();
        self.whole("BC", "Báo cáo", subject, Vec::new(), body, None)
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "đơn khiếu nại",
        Kind::Denunciation => "đơn tố cáo",
        Kind::Other => "đơn kiến nghị, phản ánh",
        Kind::Mixed => "đơn có nhiều nội dung",
    }
}

fn basis(kind: Kind) -> Part {
    let law = match kind {
        Kind::Complaint => "Căn cứ Luật Khiếu nại năm 2011",
        Kind::Denunciation => "Căn cứ Luật Tố cáo năm 2018",
        Kind::Other | Kind::Mixed => "Căn cứ Luật Tiếp công dân năm 2013",
    };
    Part::Basis(law.to_owned())
}

fn date(at: DateTime<Utc>) -> String {
    local(at).format("%d/%m/%Y").to_string()
}
