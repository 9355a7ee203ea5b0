//! Fees by the way a dossier comes in.

use base::Money;
use web::Visitor;

use crate::package::{Channel, Collect, Fee, FeeKind, Per};
use crate::procedure::Version;

/// Phí or lệ phí of a procedure, one column for each way in.
pub(super) struct FeeTable {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<FeeRow>,
}

pub(super) struct FeeRow {
    pub(super) name: String,
    pub(super) amounts: Vec<String>,
    /// For what, beyond which number another amount, when it is paid.
    pub(super) notes: Vec<String>,
    pub(super) basis: String,
    pub(super) demo: bool,
}

/// `None` when there is nothing of the kind to pay.
pub(super) fn table(visitor: &Visitor, version: &Version, kind: FeeKind) -> Option<FeeTable> {
    let channels = version.package.procedure.channels();
    let fees: Vec<&Fee> = version.package.fees.fees.iter().filter(|fee| fee.kind == kind).collect();
    let column = |channel: &Channel| visitor.text(&format!("procedures-channel-{}", channel.as_str()));
    (!fees.is_empty()).then(|| FeeTable {
        columns: channels.iter().map(column).collect(),
        rows: fees.into_iter().map(|fee| row(visitor, fee, channels)).collect(),
    })
}

fn row(visitor: &Visitor, fee: &Fee, channels: &[Channel]) -> FeeRow {
    let amount = |channel: &Channel| fee.amounts.get(channel).map_or_else(|| "–".to_owned(), Money::to_string);
    let per = match fee.per {
        Per::Dossier => "procedures-per-dossier",
        Per::Copy => "procedures-per-copy",
        Per::Page => "procedures-per-page",
    };
    let collected = match fee.collect {
        Collect::Receipt => "procedures-paid-on-receipt",
        Collect::Return => "procedures-paid-on-return",
    };
    let beyond = fee.beyond.map(|beyond| {
        let parameters = [("units", beyond.units.to_string()), ("amount", beyond.amount.to_string())];
        visitor.text_with("procedures-beyond", &parameters)
    });
    let most = fee.at_most.map(|most| visitor.text_with("procedures-at-most", &[("amount", most.to_string())]));
    FeeRow {
        name: fee.name.clone(),
        amounts: channels.iter().map(amount).collect(),
        notes: [Some(visitor.text(per)), beyond, most, Some(visitor.text(collected))].into_iter().flatten().collect(),
        basis: fee.basis.clone(),
        demo: fee.demo,
    }
}

/// What a dossier costs, in one line: `37.500 đ (trực tuyến); 75.000 đ (trực tiếp, bưu chính)`.
pub(super) fn in_short(visitor: &Visitor, version: &Version) -> String {
    if version.package.fees.fees.is_empty() {
        return visitor.text("procedures-free");
    }
    let told = version.answers.whole();
    let sum = |channel: &Channel| -> i64 {
        told.fees.iter().filter(|fee| fee.channel == channel.as_str()).map(|fee| fee.amount).sum()
    };
    let mut amounts: Vec<(i64, Vec<String>)> = Vec::new();
    for channel in version.package.procedure.channels() {
        let (amount, name) = (sum(channel), visitor.text(&format!("procedures-by-{}", channel.as_str())));
        match amounts.iter_mut().find(|(known, _)| *known == amount) {
            Some((_, names)) => names.push(name),
            None => amounts.push((amount, vec![name])),
        }
    }
    match amounts.as_slice() {
        [] | [(0, _)] => visitor.text("procedures-by-number"),
        [(amount, _)] => Money(*amount).to_string(),
        _ => {
            let told = amounts.iter().map(|(amount, names)| format!("{} ({})", Money(*amount), names.join(", ")));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}
