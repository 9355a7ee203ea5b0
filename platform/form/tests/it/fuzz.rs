//! Declarations and answers as anybody may write them.

use base::testing::{Edit, damaged_text};
use form::{Definition, Values, draft, render};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{birth, html, texts};

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    vec(any::<Edit>(), 0..most)
}

proptest! {
    /// A declaration is refused with its mistakes, or it is a form that can be shown and filled in.
    #[test]
    fn a_declaration_is_refused_or_works(schema in edits(4), ui in edits(4)) {
        let form = match Definition::parse(&damaged_text(birth::SCHEMA, &schema), &damaged_text(birth::UI, &ui)) {
            Ok(form) => form,
            Err(problems) => {
                prop_assert!(!problems.is_empty() && problems.iter().all(|problem| !problem.to_string().is_empty()));
                return Ok(());
            }
        };
        let lists = birth::lists();
        let options = render::Options::new(&texts::vietnamese, &lists);
        let mut values = birth::complete();
        let errors = form.accept(&values, &birth::context(&lists)).err().unwrap_or_default();
        for page in form.pages() {
            let shown = render::page(&form, page, &values, &errors, &options);
            let (read, _) = form.read(page, &html::posted(&shown));
            draft::merge(page, &mut values, read);
        }
    }

    /// What is accepted is right as it is: accepted again, nothing changes.
    #[test]
    fn answers_are_refused_or_stay_as_accepted(edits in edits(5)) {
        let (form, lists) = (birth::form(), birth::lists());
        let text = serde_json::Value::Object(birth::complete()).to_string();
        let Ok(values) = serde_json::from_str::<Values>(&damaged_text(&text, &edits)) else { return Ok(()) };
        let context = birth::context(&lists);
        match form.accept(&values, &context) {
            Ok(accepted) => prop_assert_eq!(form.accept(&accepted, &context).unwrap(), accepted),
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
        let options = render::Options::new(&texts::vietnamese, &lists);
        html::tags(&render::summary(form, &values, &options));
    }
}
