//! The month in four figures.

use contracts::questions::Figures;
use web::{Lang, Visitor};

pub(super) struct Figure {
    pub(super) number: String,
    pub(super) words: String,
    pub(super) state: &'static str,
}

/// What can be said: a share of nothing is left out, and so is a count of nothing.
pub(super) fn told(visitor: &Visitor, figures: Figures) -> Vec<Figure> {
    let figure = |number: Option<String>, key: &str, state| {
        number.map(|number| Figure { number, words: visitor.text(key), state })
    };
    let counted = |amount: i64| (amount > 0).then(|| count(visitor.lang, amount));
    [
        figure(counted(figures.received), "procedures-figure-received", ""),
        figure(share(visitor.lang, figures.online, figures.received), "procedures-figure-online", ""),
        figure(share(visitor.lang, figures.in_time, figures.finished), "procedures-figure-in-time", ""),
        figure(counted(figures.late), "procedures-figure-late", "late"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `9.412`, or `9,412` in English.
fn count(lang: Lang, amount: i64) -> String {
    let parted = base::Money(amount).to_string().trim_end_matches(" đ").to_owned();
    if lang == Lang::En { parted.replace('.', ",") } else { parted }
}

/// `97,1%`, or `97.1%` in English; rounded down, so that 100% means all of them.
fn share(lang: Lang, part: i64, whole: i64) -> Option<String> {
    let thousandths = part.checked_mul(1000)?.checked_div(whole)?;
    let point = if lang == Lang::En { '.' } else { ',' };
    Some(match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}{point}{tenth}%", thousandths / 10),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(count(Lang::Vi, 9412), "9.412");
        assert_eq!(count(Lang::En, 1_009_412), "1,009,412");
        assert_eq!(share(Lang::Vi, 684, 1000).as_deref(), Some("68,4%"));
        assert_eq!(share(Lang::En, 9999, 10_000).as_deref(), Some("99.9%"));
        assert_eq!(share(Lang::Vi, 7, 7).as_deref(), Some("100%"));
        assert_eq!(share(Lang::Vi, 0, 0), None);
    }
}
