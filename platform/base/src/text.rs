use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The one form in which text is stored (Unicode NFC): an "ệ" typed on a telephone and one pasted from a Mac are the same.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Text as it is searched: lower case, without diacritics, đ as d, words parted by single spaces.
///
/// Databases cannot do this: neither SQLite's tokenizer nor `lower()` knows đ.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'đ' => folded.push('d'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Folded text for an address: `cap-giay-phep-xay-dung`.
pub fn slug(text: &str) -> String {
    fold(text).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_find_words_with_or_without_marks() {
        assert_eq!(fold("Đăng ký  khai sinh"), "dang ky khai sinh");
        assert_eq!(fold("Nguyễn Thị Ước, số 12/4 Đường Huệ"), "nguyen thi uoc so 12 4 duong hue");
        assert_eq!(slug("Cấp giấy phép xây dựng"), "cap-giay-phep-xay-dung");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn the_form_of_typing_does_not_matter(text in "[a-zA-ZăâđêôơưáàảãạấầẩẫậÉÈẺẼẸếềểễệ ]{0,30}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&text));
            prop_assert_eq!(nfc(&decomposed), nfc(&text));
        }
    }
}
