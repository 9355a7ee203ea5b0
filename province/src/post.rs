use serde::Deserialize;

use crate::{Problem, national};

const FILE: &str = "post/rules.toml";

/// How papers and results go by post, as far as the nation says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    pub carrier: CarrierRule,
    pub terms: PostTerms,
    /// What one may choose, the usual one first.
    pub services: Vec<PostService>,
}

/// What is expected of a carrier.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierRule {
    /// One that has said nothing of an order for so long is asked.
    pub ask_after_hours: i64,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// When the post may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostTerms {
    /// States of a dossier, 1 to 10, in which papers may still be fetched from home …
    pub collect_in: Vec<u8>,
    /// … and in which the result may still be asked for by post.
    pub return_in: Vec<u8>,
    /// What a letter is said to weigh until somebody weighs it.
    pub weight_grams: i64,
    pub basis: String,
    /// False until somebody has compared it with the gazette.
    pub verified: bool,
}

/// A service of the carrier.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostService {
    pub code: String,
    pub name: String,
}

impl Post {
    /// The embedded national rules.
    pub fn load() -> Result<Self, Problem> {
        national().parse(FILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_carrier_is_asked_after_a_day_and_no_ended_dossier_goes_by_post() {
        let post = Post::load().unwrap();
        assert_eq!(post.carrier.ask_after_hours, 24);
        assert!(!post.services.is_empty());
        for ended in [3, 8, 10] {
            assert!(!post.terms.collect_in.contains(&ended) && !post.terms.return_in.contains(&ended));
        }
    }
}
