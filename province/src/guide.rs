use std::collections::BTreeSet;

use serde::Deserialize;

use crate::{Mistake, Problem, Tree, national, stem};

/// Questions that lead from what somebody lives through to the procedures they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// As its address has it: `sinh-con`, the same as the life event's.
    pub code: String,
    pub title: String,
    pub lead: String,
    /// The first is asked first.
    pub questions: Vec<GuideQuestion>,
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideQuestion {
    pub code: String,
    pub text: String,
    #[serde(default)]
    pub hint: String,
    #[serde(rename = "answer")]
    pub answers: Vec<GuideAnswer>,
}

/// One thing that can be said to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideAnswer {
    /// Unique within its question.
    pub code: String,
    pub text: String,
    /// Code of the question that follows, which stands further down; none where the guide ends.
    #[serde(default)]
    pub next: Option<String>,
    /// Codes of procedures, in the order in which they are done.
    #[serde(default)]
    pub procedures: Vec<String>,
    /// What is to be known besides.
    #[serde(default)]
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    lead: String,
    question: Vec<GuideQuestion>,
}

impl Guide {
    /// The embedded guides, by their codes.
    ///
    /// # Errors
    /// When a file does not read, or a guide leads nowhere.
    pub fn all() -> Result<Vec<Self>, Problem> {
        Self::read(&national().folder("guides"))
    }

    fn read(tree: &Tree) -> Result<Vec<Self>, Problem> {
        let mut guides = Vec::new();
        for (path, text) in tree.files() {
            let File { title, lead, question: questions } = crate::tree::parse(path, text)?;
            let guide = Self { code: stem(path), title, lead, questions };
            guide.check().map_err(|source| Problem::Wrong { file: path.to_owned(), source })?;
            guides.push(guide);
        }
        Ok(guides)
    }

    pub fn question(&self, code: &str) -> Option<&GuideQuestion> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// Every answer either leads on, further down, or ends with something; every question but the first is led to.
    fn check(&self) -> Result<(), Mistake> {
        let mut led_to: BTreeSet<&str> = self.questions.first().map(|first| first.code.as_str()).into_iter().collect();
        for (place, question) in self.questions.iter().enumerate() {
            if !led_to.contains(question.code.as_str()) {
                return Err(Mistake::NeverAsked { question: question.code.clone() });
            }
            for answer in &question.answers {
                let ends = !answer.procedures.is_empty() || !answer.note.is_empty();
                let further = |next: &String| self.questions.iter().skip(place + 1).any(|one| one.code == *next);
                match &answer.next {
                    Some(next) if further(next) => drop(led_to.insert(next)),
                    None if ends => {}
                    _ => {
                        let (question, answer) = (question.code.clone(), answer.code.clone());
                        return Err(Mistake::LeadsNowhere { question, answer });
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guide(answers: &[(&str, Option<&str>)]) -> Guide {
        let question = |(code, next): &(&str, Option<&str>)| GuideQuestion {
            code: (*code).to_owned(),
            text: String::new(),
            hint: String::new(),
            answers: vec![GuideAnswer {
                code: "a".to_owned(),
                text: String::new(),
                next: next.map(str::to_owned),
                procedures: next.is_none().then(|| "1".to_owned()).into_iter().collect(),
                note: String::new(),
            }],
        };
        let questions = answers.iter().map(question).collect();
        Guide { code: "g".to_owned(), title: String::new(), lead: String::new(), questions }
    }

    #[test]
    fn every_guide_ends() {
        assert!(!Guide::all().unwrap().is_empty());
        assert!(guide(&[("x", Some("y")), ("y", None)]).check().is_ok());
        for wrong in [
            guide(&[("x", Some("x"))]),
            guide(&[("x", Some("y")), ("y", Some("x"))]),
            guide(&[("x", Some("z"))]),
            guide(&[("x", None), ("y", None)]),
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
    }
}
