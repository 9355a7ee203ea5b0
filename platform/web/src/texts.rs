use std::collections::HashMap;

use base::{Error, Result};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// The two languages of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == text)
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// All texts of all systems, by language and key.
pub struct Texts(HashMap<Lang, Language>);

struct Language {
    /// Messages without parameters, ready to be shown: nearly all of them.
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// # Errors
    /// When a file is not Fluent, or a key stands in two files.
    pub fn load<'a>(all: impl Iterator<Item = &'a system::Texts> + Clone) -> Result<Self> {
        let mut languages = HashMap::new();
        for lang in Lang::ALL {
            let id: LanguageIdentifier = lang.as_str().parse()?;
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // The marks that guard against mixed directions only get in the way of copying: both languages run left to right.
            bundle.set_use_isolating(false);
            let mut keys = Vec::new();
            for (_, source) in all.clone().filter(|(code, _)| *code == lang.as_str()) {
                let resource = FluentResource::try_new((*source).to_owned())
                    .map_err(|(_, errors)| Error::inside(format!("texts ({}): {errors:?}", lang.as_str())))?;
                keys.extend(resource.entries().filter_map(|entry| match entry {
                    fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                }));
                bundle
                    .add_resource(resource)
                    .map_err(|errors| Error::inside(format!("texts ({}): {errors:?}", lang.as_str())))?;
            }
            let plain = keys
                .into_iter()
                .filter_map(|key| {
                    let mut errors = Vec::new();
                    let text =
                        bundle.format_pattern(bundle.get_message(&key)?.value()?, None, &mut errors).into_owned();
                    errors.is_empty().then_some((key, text))
                })
                .collect();
            languages.insert(lang, Language { plain, bundle });
        }
        Ok(Self(languages))
    }

    /// The text; a key that does not exist shows itself, so that it is seen at once.
    pub fn get(&self, lang: Lang, key: &str) -> String {
        let found = self.0.get(&lang).and_then(|language| language.plain.get(key));
        found.cloned().unwrap_or_else(|| self.with(lang, key, &[]))
    }

    /// The text with its parameters filled in.
    pub fn with(&self, lang: Lang, key: &str, parameters: &[(&str, String)]) -> String {
        let filled = self.0.get(&lang).and_then(|language| {
            let pattern = language.bundle.get_message(key)?.value()?;
            let mut arguments = FluentArgs::new();
            for (name, value) in parameters {
                match value.parse::<i64>() {
                    // A number chooses between plural forms; a code such as 0042 is no number.
                    Ok(number) if number.to_string() == *value => arguments.set(*name, number),
                    _ => arguments.set(*name, value.clone()),
                }
            }
            Some(language.bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned())
        });
        filled.unwrap_or_else(|| key.to_owned())
    }

    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.0.get(&lang).is_some_and(|language| language.bundle.has_message(key))
    }
}
