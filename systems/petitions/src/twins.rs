//! Petitions that are likely the same.

use std::collections::HashMap;

use base::fold;

/// How often each piece of three letters stands in a text; the text is folded, so marks and typing do not matter.
pub struct Pieces(HashMap<[char; 3], u32>);

impl Pieces {
    pub fn of(text: &str) -> Self {
        // A blank on either side makes the beginnings and ends of words pieces of their own.
        let letters: Vec<char> = format!(" {} ", fold(text)).chars().collect();
        let mut pieces = HashMap::new();
        for piece in letters.windows(3) {
            *pieces.entry([piece[0], piece[1], piece[2]]).or_default() += 1;
        }
        Self(pieces)
    }

    /// How alike two texts are, 0 to 100: twice the pieces they share by all the pieces of both (Dice's coefficient).
    pub fn likeness(&self, other: &Self) -> u8 {
        let count = |pieces: &Self| u64::from(pieces.0.values().sum::<u32>());
        let shared = |(piece, own): (&[char; 3], &u32)| u64::from(*other.0.get(piece).unwrap_or(&0).min(own));
        let both = count(self) + count(other);
        let shared: u64 = self.0.iter().map(shared).sum();
        u8::try_from(200 * shared / both.max(1)).unwrap_or(100)
    }
}

/// How alike two texts are, 0 to 100.
pub fn likeness(one: &str, other: &str) -> u8 {
    Pieces::of(one).likeness(&Pieces::of(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROAD: &str = "Đề nghị sửa chữa tuyến đường liên xã bị hư hỏng nặng, đi lại rất khó khăn trong mùa mưa.";

    #[test]
    fn the_same_matter_in_other_words_is_likely_the_same() {
        let again = "Cử tri đề nghị sớm sửa chữa tuyến đường liên xã hư hỏng nặng, mùa mưa đi lại khó khăn";
        let other = "Đề nghị tăng số bác sĩ ở trạm y tế vì người dân phải chờ khám bệnh quá lâu.";
        assert!(likeness(ROAD, again) >= 60, "{}", likeness(ROAD, again));
        assert!(likeness(ROAD, other) < 40, "{}", likeness(ROAD, other));
        assert_eq!(likeness(ROAD, &fold(ROAD)), 100, "marks do not matter");
        assert_eq!(likeness("", ""), 0);
    }

    proptest! {
        #[test]
        fn likeness_is_a_percentage_that_does_not_depend_on_the_order(one in "\\PC{0,40}", other in "\\PC{0,40}") {
            let alike = likeness(&one, &other);
            prop_assert!(alike <= 100);
            prop_assert_eq!(alike, likeness(&other, &one));
            if !fold(&one).is_empty() {
                prop_assert_eq!(likeness(&one, &one), 100);
            }
        }
    }
}
