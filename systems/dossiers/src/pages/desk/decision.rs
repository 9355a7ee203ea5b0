//! What an officer decides by a form.

use base::{Error, FieldErrors, Result};
use web::Sent;

use crate::actions::Decision;
use crate::paper::Mark;

/// What the officer decided.
///
/// # Errors
/// [`Error::Invalid`] when a mark or a way back is not explained.
pub(super) fn decision(sent: &Sent) -> Result<Decision> {
    match sent.value("viec") {
        "" => Err(Error::invalid("form", "web-error-form")),
        "supplement" => Ok(Decision::Supplement { reason: sent.value("ly-do").to_owned(), marks: marks(sent)? }),
        "refuse" => Ok(Decision::Refuse { reasons: sent.value("ly-do").lines().map(str::to_owned).collect() }),
        "send-back" if sent.value("ghi-chu").trim().is_empty() => Err(Error::invalid("note", "dossiers-note-missing")),
        outcome => Ok(Decision::Go { outcome: outcome.to_owned(), note: sent.value("ghi-chu").to_owned() }),
    }
}

fn marks(sent: &Sent) -> Result<Vec<Mark>> {
    let (mut marks, mut errors) = (Vec::new(), FieldErrors::new());
    for value in sent.all(MARK) {
        let note = sent.value(&note_of(value)).trim().to_owned();
        if note.is_empty() {
            errors.insert(note_of(value), "dossiers-mark-note-missing".to_owned());
        }
        marks.extend(match value.split_once(':') {
            Some(("o", path)) => Some(Mark::Field { path: path.to_owned(), note }),
            Some(("giay", code)) => Some(Mark::Component { code: code.to_owned(), note }),
            _ => None,
        });
    }
    if errors.is_empty() { Ok(marks) } else { Err(Error::Invalid(errors)) }
}

/// A value, if it belongs to this one of the page's forms.
pub(super) fn kept<'a>(sent: &'a Sent, form: &str, name: &str) -> &'a str {
    if sent.value("viec") == form { sent.value(name) } else { "" }
}

/// Name of the boxes that mark a field (`o:PATH`) or a component (`giay:CODE`).
pub(super) const MARK: &str = "danh-dau";

/// Name of the note to a mark.
pub(super) fn note_of(mark: &str) -> String {
    format!("ghi-chu.{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn marks_carry_their_own_notes() {
        let sent = sent(&[
            ("viec", "supplement"),
            ("danh-dau", "o:child.name"),
            ("ghi-chu.o:child.name", "Tên chưa đúng giấy chứng sinh"),
            ("danh-dau", "giay:ban-ve"),
            ("ghi-chu.giay:ban-ve", " Bản vẽ mờ "),
            ("ghi-chu.giay:don", "không đánh dấu"),
            ("ly-do", "Giấy tờ chưa đủ"),
        ]);
        let marks = vec![
            Mark::Field { path: "child.name".to_owned(), note: "Tên chưa đúng giấy chứng sinh".to_owned() },
            Mark::Component { code: "ban-ve".to_owned(), note: "Bản vẽ mờ".to_owned() },
        ];
        assert_eq!(decision(&sent).unwrap(), Decision::Supplement { reason: "Giấy tờ chưa đủ".to_owned(), marks });
    }

    #[test]
    fn what_the_applicant_or_a_colleague_must_know_cannot_be_left_out() {
        let unexplained = sent(&[("viec", "supplement"), ("danh-dau", "giay:don"), ("ly-do", "x")]);
        assert!(matches!(decision(&unexplained), Err(Error::Invalid(_))));
        assert!(matches!(decision(&sent(&[("viec", "send-back")])), Err(Error::Invalid(_))));
        assert!(matches!(decision(&sent(&[])), Err(Error::Invalid(_))));
    }

    #[test]
    fn each_line_of_a_refusal_is_a_reason() {
        let refusal = decision(&sent(&[("viec", "refuse"), ("ly-do", "Một\nHai")])).unwrap();
        assert_eq!(refusal, Decision::Refuse { reasons: vec!["Một".to_owned(), "Hai".to_owned()] });
    }
}
