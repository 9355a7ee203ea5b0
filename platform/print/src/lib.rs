//! Official papers, printed: typed data in, PDF/A-2a out, with the places where signatures, number and date go.
//!
//! The layout is that of Decree 30/2020/NĐ-CP, Appendix I; the slips of the one-stop desk follow Circular
//! 03/2025/TT-VPCP. A paper is data ([`Paper`]) and a Typst template under `templates/`; the template reads the data as
//! a file, so nothing in it is ever taken for a command. A [`Letter`] is also written for word processors.

mod docx;
mod field;
mod paper;
mod printer;
mod qr;
mod world;

pub use field::{Field, FieldText, Place, Rect};
pub use paper::{
    Applicant, Column, Component, Contact, HandOver, Head, Letter, Number, Paper, Part, RegisterEntry, ResultForm,
    ResultPaper, Row, Signer, Slip01, Slip02, Slip03, Slip04, Slip06, Table, Timing,
};
pub use printer::{PrintError, Printed, Printer};
