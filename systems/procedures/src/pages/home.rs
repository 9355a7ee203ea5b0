use askama::Template;
use axum::extract::State;
use base::{Result, fold};
use chrono::NaiveDate;
use contracts::questions::{Dossiers, Next};
use system::{App, Caller};
use web::{Answer, Visitor, filters, redirect};

use super::Ready;
use super::figures::{Figure, told};
use crate::catalogue::{Catalogue, Shelf};
use crate::rendered::{Key, Page, minute};

/// How many words a life event is explained by.
const WORDS: usize = 3;

#[derive(Template)]
#[template(path = "procedures/home.html")]
struct Home<'a> {
    events: Vec<Event<'a>>,
    figures: Vec<Figure>,
    /// What the person filing must be told, if the province has something to tell.
    filing: Option<&'a str>,
    signed_in: bool,
    next: Option<Next>,
}

struct Event<'a> {
    code: &'a str,
    title: &'a str,
    words: String,
}

/// For officers their work; for everybody else the question what they need.
pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let title = visitor.text("procedures-home-title");
    match &visitor.caller {
        Caller::Officer(_) => Ok(redirect("/viec")),
        Caller::Citizen(citizen) => {
            let next = match app.ask::<dyn Dossiers>() {
                Some(dossiers) => dossiers.next_of(citizen.person).await?,
                None => None,
            };
            visitor.page(&title, &Ready { html: &content(&app, &visitor, true, next).await? })
        }
        Caller::Anonymous | Caller::Client(_) => {
            let catalogue = Catalogue::of(&app)?;
            let publication = catalogue.shelf(visitor.now).publication;
            let (page, day) = (Page::Home(minute(visitor.now)), visitor.now.today());
            let key = Key { page, publication, lang: visitor.lang, day };
            let html = match catalogue.rendered().get(&key) {
                Some(html) => html,
                None => catalogue.rendered().put(key, &content(&app, &visitor, false, None).await?),
            };
            visitor.page(&title, &Ready { html: &html })
        }
    }
}

async fn content(app: &App, visitor: &Visitor, signed_in: bool, next: Option<Next>) -> Result<String> {
    let catalogue = Catalogue::of(app)?;
    let day = visitor.now.today();
    let figures = catalogue.rendered().figures(app, visitor.now).await;
    visitor.fragment(&Home {
        events: events(&catalogue, &catalogue.shelf(visitor.now), day),
        figures: figures.map(|figures| told(visitor, figures)).unwrap_or_default(),
        filing: catalogue.filing(day).and_then(|filing| filing.note.as_deref()),
        signed_in,
        next,
    })
}

/// The life events behind which there is something to file, in the order of the code list.
fn events<'a>(catalogue: &'a Catalogue, shelf: &Shelf, day: NaiveDate) -> Vec<Event<'a>> {
    let offered = shelf.offered(day);
    let event = |entry: &'a province::Entry| {
        let behind = offered.iter().filter(|version| version.is_for(&entry.title));
        let keywords: Vec<&[String]> = behind.map(|version| version.package.procedure.keywords.as_slice()).collect();
        (!keywords.is_empty()).then(|| Event {
            code: &entry.code,
            title: &entry.title,
            words: words(&entry.title, &keywords),
        })
    };
    catalogue.events().iter().filter_map(event).collect()
}

/// A few words for what is behind a title: the first keyword of each procedure, then the second ones, none twice.
fn words(title: &str, keywords: &[&[String]]) -> String {
    let mut told = vec![fold(title)];
    let mut words: Vec<&str> = Vec::new();
    let longest = keywords.iter().map(|own| own.len()).max().unwrap_or_default();
    for word in (0..longest).flat_map(|turn| keywords.iter().filter_map(move |own| own.get(turn))) {
        let folded = fold(word);
        if words.len() < WORDS && !told.iter().any(|other| other.contains(&folded)) {
            told.push(folded);
            words.push(word);
        }
    }
    let sentence = words.join(", ");
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_event_is_explained_by_a_few_words_none_twice() {
        let own = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<String>>();
        let (birth, joint) =
            (own(&["khai sinh", "giấy khai sinh", "đăng ký cho con"]), own(&["khai sinh", "thẻ bảo hiểm y tế"]));
        assert_eq!(words("Sinh con", &[&birth, &joint]), "Khai sinh, giấy khai sinh, thẻ bảo hiểm y tế");
        let death = own(&["người thân mất", "khai tử"]);
        assert_eq!(words("Người thân mất", &[&death]), "Khai tử");
        assert_eq!(words("Đất đai", &[]), "");
    }
}
