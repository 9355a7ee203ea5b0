//! VietQR: a transfer as a QR code that every banking program of the country reads (EMVCo merchant-presented mode, as
//! NAPAS profiles it).

use base::Result;
use crc::{CRC_16_IBM_3740, Crc};
use qrcode::QrCode;
use qrcode::render::svg;

/// CRC-16/CCITT-FALSE under the name that its catalogue gives it.
const CHECK: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);
/// The longest purpose, in characters.
const PURPOSE: usize = 25;

/// A transfer to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer<'a> {
    /// Six digits of the bank.
    pub bank: &'a str,
    pub account: &'a str,
    /// Whole đồng.
    pub amount: i64,
    /// Plain letters: what the bank's entry will say, at most 25 characters.
    pub purpose: &'a str,
}

impl Transfer<'_> {
    /// What the code holds: `ID LENGTH VALUE` again and again, and a check over it all.
    pub fn text(&self) -> String {
        let purpose: String = self.purpose.chars().filter(char::is_ascii).take(PURPOSE).collect();
        let beneficiary = [field("00", self.bank), field("01", self.account)].concat();
        let service = [field("00", "A000000727"), field("01", &beneficiary), field("02", "QRIBFTTA")].concat();
        let mut text = [
            field("00", "01"),
            // 12: for one payment only.
            field("01", "12"),
            field("38", &service),
            field("53", "704"),
            field("54", &self.amount.to_string()),
            field("58", "VN"),
            field("62", &field("08", &purpose)),
        ]
        .concat();
        text.push_str("6304");
        let check = CHECK.checksum(text.as_bytes());
        format!("{text}{check:04X}")
    }

    /// The code as a picture (SVG).
    ///
    /// # Errors
    /// When it holds more than a code can, which no account and order do.
    pub fn picture(&self) -> Result<String> {
        let picture = QrCode::new(self.text())?.render::<svg::Color>().min_dimensions(240, 240).build();
        // Inside a page there is no place for an XML declaration.
        Ok(picture.split_once("?>").map_or(picture.as_str(), |(_, svg)| svg).to_owned())
    }
}

fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_is_ccitt_false() {
        assert_eq!(CHECK.checksum(b"123456789"), 0x29B1);
    }

    #[test]
    fn a_known_transfer_reads_as_banks_write_it() {
        let transfer =
            Transfer { bank: "970436", account: "0011001234567", amount: 20_000, purpose: "H32.15-260105-0001" };
        assert_eq!(
            transfer.text(),
            "00020101021238570010A00000072701270006970436011300110012345670208QRIBFTTA53037045405200005802VN6222\
             0818H32.15-260105-000163048B83"
        );
        assert!(transfer.picture().unwrap().starts_with("<svg"));
    }

    proptest! {
        #[test]
        fn every_field_is_as_long_as_it_says(
            account in "[0-9]{6,19}", amount in 1..1_000_000_000_000_i64, purpose in "\\PC{0,60}"
        ) {
            let text = Transfer { bank: "970436", account: &account, amount, purpose: &purpose }.text();
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let length: usize = rest[2..4].parse().unwrap();
                rest = &rest[4 + length..];
            }
            prop_assert_eq!(u16::from_str_radix(&text[text.len() - 4..], 16).unwrap(), CHECK.checksum(&text.as_bytes()[..text.len() - 4]));
        }
    }
}
