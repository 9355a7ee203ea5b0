use proptest::prelude::*;

use super::*;

/// Little work: what is tested is who opens, not how long guessing takes.
const WORK: u8 = 4;

#[test]
fn a_key_opens_by_its_passphrase_and_by_no_other() {
    let key = Key::new();
    let locked = key.lock(&Passphrase::typed("bốn con trâu gặm cỏ"), WORK).unwrap();
    let sealed = seal(b"ai", &key.public()).unwrap();
    let opened = Key::unlock(&locked, &Passphrase::typed("bốn con trâu gặm cỏ")).unwrap();
    assert_eq!(opened.open(&sealed).unwrap().as_slice(), b"ai");
    assert_eq!(Key::unlock(&locked, &Passphrase::typed("bốn con trâu")).err(), Some(SealError::WrongPassphrase));
    assert_eq!(Key::unlock(b"age", &Passphrase::typed("bốn con trâu")).err(), Some(SealError::Damaged));
}

#[test]
fn nothing_readable_stands_in_what_is_stored() {
    let key = Key::new();
    let secret = key.0.to_string();
    let locked = key.lock(&Passphrase::typed("bốn con trâu gặm cỏ"), WORK).unwrap();
    let sealed = seal("Trần Thị Demo".as_bytes(), &key.public()).unwrap();
    let holds = |bytes: &[u8], words: &str| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(!holds(&locked, secret.expose_secret()) && !holds(&sealed, "Demo"));
    assert!(holds("x Trần Thị Demo".as_bytes(), "Demo"), "the search itself finds");
}

#[test]
fn a_passphrase_is_long_and_no_single_letter() {
    assert!(Passphrase::chosen("mười sáu chữ cái!", 16).is_ok());
    assert!(Passphrase::chosen("ngắn quá", 16).is_err());
    assert!(Passphrase::chosen("aaaaaaaaaaaaaaaaaaaa", 16).is_err());
}

#[test]
fn sealed_bytes_that_were_changed_do_not_open() {
    let key = Key::new();
    let sealed = seal(b"ai", &key.public()).unwrap();
    let mut changed = sealed.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(key.open(&changed).err(), Some(SealError::Damaged));
    assert_eq!(Key::new().open(&sealed).err(), Some(SealError::OtherKey));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whichever two of the holders come, in whichever order, the recovery key opens what was sealed to it; what one of
    /// them has opens nothing, and neither do two openings by the same person.
    #[test]
    fn any_two_of_three_open_and_no_one_alone(first in 0..3usize, step in 1..3usize, words in "[a-zà-ỹ ]{1,40}") {
        let second = (first + step) % 3;
        let holders = [Key::new(), Key::new(), Key::new()];
        let recovery = Key::new();
        let parts = split(&recovery, &holders.each_ref().map(Key::public)).unwrap();
        prop_assert_eq!(parts.len(), 6);
        let letter = Key::new();
        let payload = seal(words.as_bytes(), &letter.public()).unwrap();
        let handed = letter.hand_to(&recovery.public()).unwrap();

        let part = parts.iter().find(|part| (part.first, part.second) == (first, second)).unwrap();
        let inner = open_outer(&part.sealed, &holders[first]).unwrap();
        let recovered = merge(&inner, &holders[second]).unwrap();
        let opened = recovered.take(&handed).unwrap().open(&payload).unwrap();
        prop_assert_eq!(opened.as_slice(), words.as_bytes());

        // One person has one key: nothing that it opens, or leaves, lets it further.
        let alone = &holders[first];
        prop_assert!(alone.open(&payload).is_err() && alone.take(&handed).is_err());
        for part in &parts {
            match open_outer(&part.sealed, alone) {
                Ok(inner) => prop_assert!(part.first == first && merge(&inner, alone).is_err()),
                Err(error) => prop_assert!(part.first != first && error == SealError::OtherKey),
            }
        }
    }

    /// What is sealed to some keys opens by each of them, and by nobody whose secret half is missing.
    #[test]
    fn each_appointed_key_opens_and_nothing_opens_without_one(among in 1..4usize, words in "[a-z]{1,40}") {
        let appointed: Vec<Key> = (0..among).map(|_| Key::new()).collect();
        let letter = Key::new();
        let payload = seal(words.as_bytes(), &letter.public()).unwrap();
        let handed: Vec<Vec<u8>> = appointed.iter().map(|key| letter.hand_to(&key.public()).unwrap()).collect();
        for (key, own) in appointed.iter().zip(&handed) {
            let opened = key.take(own).unwrap().open(&payload).unwrap();
            prop_assert_eq!(opened.as_slice(), words.as_bytes());
        }
        let stranger = Key::new();
        for own in &handed {
            prop_assert!(stranger.take(own).is_err());
        }
        prop_assert!(stranger.open(&payload).is_err());
        for (key, others) in appointed.iter().zip(handed.iter().skip(1)) {
            prop_assert!(key.take(others).is_err());
        }
    }
}
