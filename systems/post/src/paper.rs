//! The papers of the post: the label that goes on a letter, and the list by which letters are handed over.

use base::{Error, Money, Result, local};
use chrono::NaiveDate;
use directory::Agency;
use print::{Column, Head, Letter, Paper, Part, Row, Signer, Table};
use system::App;

use crate::order::{Leg, Order};
use crate::rules;

/// What a service is called.
pub(crate) fn service(code: &str) -> Result<&'static str> {
    let known = rules()?.services.iter().find(|service| service.code == code);
    known.map(|service| service.name.as_str()).ok_or_else(|| Error::inside(format!("no service {code} of the post")))
}

fn head(app: &App, agency: &Agency, date: NaiveDate) -> Head {
    let province = &app.settings.province.name;
    Head {
        parent: (!agency.kind.ends_with("committee")).then(|| format!("UBND {}", province.to_uppercase())),
        agency: agency.name.clone(),
        place: agency.place(province),
        number: None,
        date: Some(date),
        demo: app.settings.demo,
    }
}

fn letter(head: Head, title: &str, subject: String, body: Vec<Part>, authority: &str, name: &str) -> Paper {
    Letter {
        head,
        title: title.to_owned(),
        subject: Some(subject),
        addressees: Vec::new(),
        body,
        signer: Signer { authority: vec![authority.to_owned()], name: name.to_owned() },
        recipients: Vec::new(),
    }
    .into()
}

/// Phiếu gửi: who sends what to whom, to be put on the letter.
pub(crate) fn label(app: &App, agency: &Agency, order: &Order, officer: &str) -> Result<Paper> {
    let party = &order.party;
    let home = [party.name.as_str(), party.phone.as_str(), party.address.as_str()].join(", ");
    let (sender, receiver, what) = match order.leg {
        Leg::Collect => (home, agency.name.clone(), "Giấy tờ của hồ sơ"),
        Leg::Return => (agency.name.clone(), home, "Kết quả giải quyết thủ tục hành chính"),
    };
    let mut rows = vec![
        Row::new("Mã đơn", order.code.as_str()),
        Row::new("Mã hồ sơ", order.dossier_code.as_str()),
        Row::new("Người gửi", sender),
        Row::new("Người nhận", receiver),
        Row::new("Nội dung", what),
        Row::new("Dịch vụ", service(&order.service)?),
        Row::new("Khối lượng", format!("{} g", order.weight)),
    ];
    rows.extend(order.tracking.as_deref().map(|tracking| Row::new("Mã vận đơn", tracking)));
    rows.extend(order.cod.filter(|cod| *cod > 0).map(|cod| Row::new("Tiền thu hộ", Money(cod).to_string())));
    if !order.note.is_empty() {
        rows.push(Row::new("Ghi chú", order.note.as_str()));
    }
    let date = local(order.created_at.unwrap_or(order.wanted_at)).date_naive();
    let subject = "gửi qua dịch vụ bưu chính công ích".to_owned();
    Ok(letter(head(app, agency, date), "Phiếu gửi", subject, vec![Part::Rows(rows)], "NGƯỜI GIAO", officer))
}

/// Biên bản bàn giao: what the carrier takes along on a day.
pub(crate) fn hand_over(app: &App, agency: &Agency, day: NaiveDate, orders: &[Order], officer: &str) -> Paper {
    let rows = orders
        .iter()
        .zip(1..)
        .map(|(order, number)| {
            let receiver = format!("{}, {}", order.party.name, order.party.address);
            let cod = order.cod.filter(|cod| *cod > 0).map(|cod| Money(cod).to_string()).unwrap_or_default();
            vec![number.to_string(), order.code.clone(), receiver, order.weight.to_string(), cod]
        })
        .collect();
    let columns = vec![
        Column::figures("STT", 1),
        Column::words("Mã đơn", 4),
        Column::words("Người nhận", 6),
        Column::figures("Gam", 2),
        Column::figures("Thu hộ", 3),
    ];
    let subject = format!("các bưu gửi trả kết quả ngày {}", day.format("%d/%m/%Y"));
    let body = vec![
        Part::Text(format!("Hai bên đã giao và nhận {} bưu gửi sau đây.", orders.len())),
        Part::Table(Table { columns, rows }),
    ];
    letter(head(app, agency, day), "Biên bản bàn giao", subject, body, "NGƯỜI GIAO", officer)
}
