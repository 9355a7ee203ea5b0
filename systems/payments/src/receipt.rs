//! The paper that proves a payment (biên lai điện tử).

use base::{Error, Money, Result, local};
use chrono::{DateTime, Utc};
use directory::Agency;
use print::{Column, Head, Letter, Number, Paper, Part, Row, Signer, Table};
use system::App;

use crate::charge::{Charge, Item, Way};
use crate::rules;

/// What stands on a receipt beside its charge.
pub(crate) struct Proof<'a> {
    pub(crate) app: &'a App,
    pub(crate) agency: &'a Agency,
    pub(crate) payer: &'a str,
    pub(crate) items: &'a [Item],
    pub(crate) order: &'a str,
    pub(crate) way: Way,
    /// Of the gateway or the bank.
    pub(crate) transaction: Option<&'a str>,
    /// Who took it, at the desk.
    pub(crate) taken_by: &'a str,
    /// Full number.
    pub(crate) number: String,
    pub(crate) at: DateTime<Utc>,
}

/// `0000012/BL-2026`.
pub(crate) fn number(number: i64, year: i64) -> String {
    format!("{number:07}/BL-{year}")
}

impl Proof<'_> {
    pub(crate) fn paper(&self, charge: &Charge) -> Result<Paper> {
        let rules = rules().map_err(Error::inside)?;
        let way = match self.way {
            Way::Gateway => "Cổng thanh toán trực tuyến",
            Way::Transfer => "Chuyển khoản",
            Way::Cash => "Tiền mặt tại quầy",
        };
        let mut facts = vec![
            Row::new("Người nộp tiền", self.payer),
            Row::new("Mã hồ sơ", charge.code.as_str()),
            Row::new("Hình thức thanh toán", way),
            Row::new("Thời điểm nộp", local(self.at).format("%H:%M ngày %d/%m/%Y").to_string()),
            Row::new("Mã thanh toán", self.order),
        ];
        facts.extend(self.transaction.map(|transaction| Row::new("Số giao dịch", transaction)));
        Ok(Letter {
            head: self.head(),
            title: rules.receipt.title.clone(),
            subject: None,
            addressees: Vec::new(),
            body: vec![Part::Rows(facts), Part::Table(self.table(charge))],
            signer: Signer { authority: vec!["NGƯỜI THU TIỀN".to_owned()], name: self.taken_by.to_owned() },
            recipients: Vec::new(),
        }
        .into())
    }

    fn head(&self) -> Head {
        let province = &self.app.settings.province.name;
        let committee = self.agency.kind.ends_with("committee");
        Head {
            parent: (!committee).then(|| format!("UBND {}", province.to_uppercase())),
            agency: self.agency.name.clone(),
            place: self.agency.place(province),
            number: Some(Number::known(self.number.clone())),
            date: Some(local(self.at).date_naive()),
            demo: self.app.settings.demo,
        }
    }

    fn table(&self, charge: &Charge) -> Table {
        let mut rows: Vec<Vec<String>> = self
            .items
            .iter()
            .zip(1..)
            .map(|(item, number)| vec![number.to_string(), item.name.clone(), Money(item.amount).to_string()])
            .collect();
        rows.push(vec![String::new(), "Tổng cộng".to_owned(), Money(charge.amount).to_string()]);
        let columns = vec![Column::figures("STT", 1), Column::words("Khoản thu", 6), Column::figures("Số tiền", 3)];
        Table { columns, rows }
    }
}
