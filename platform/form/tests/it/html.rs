//! A small reader of the HTML that pages are made of: enough to post a page like a browser, and to check what holds for every page.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// Text up to the next tag.
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

fn unescape(text: &str) -> String {
    let named = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let numbered = named.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">");
    numbered.replace("&#38;", "&").replace("&amp;", "&")
}

/// Start tags in order. Panics on markup that is not well-formed.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let end = rest.find('>').expect("a tag ends");
        let (inside, after) = rest.split_at(end);
        let after = &after[1..];
        let text = unescape(&after[..after.find('<').unwrap_or(after.len())]);
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "tags nest");
            continue;
        }
        let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        if !matches!(name, "input" | "br") {
            open.push(name.to_owned());
        }
        tags.push(Tag { name: name.to_owned(), attributes: attributes_of(attributes), text });
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    tags
}

fn attributes_of(mut text: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return attributes;
        }
        let end = text.find([' ', '=']).unwrap_or(text.len());
        let (name, after) = text.split_at(end);
        let value = if let Some(quoted) = after.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a value ends");
            text = &quoted[end + 1..];
            unescape(&quoted[..end])
        } else {
            text = after;
            String::new()
        };
        assert!(attributes.insert(name.to_owned(), value).is_none(), "attribute `{name}` twice");
    }
}

/// What a browser would post from the page, no button pressed.
pub(crate) fn posted(html: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut select: Option<String> = None;
    for tag in tags(html) {
        let name = tag.get("name").map(str::to_owned);
        let value = tag.get("value").unwrap_or_default().to_owned();
        match (tag.name.as_str(), name) {
            ("input", Some(name)) => match tag.get("type") {
                Some("radio" | "checkbox") if tag.get("checked").is_none() => {}
                Some("file") => pairs.push((name, String::new())),
                _ => pairs.push((name, value)),
            },
            ("textarea", Some(name)) => {
                pairs.push((name, tag.text.trim_end_matches('\n').replace('\n', "\r\n")));
            }
            ("select", name) => select = name,
            ("option", _) if tag.get("selected").is_some() => {
                pairs.push((select.clone().expect("within a select"), value));
            }
            _ => {}
        }
    }
    pairs
}

/// What holds for every page: unique ids, a label for every control, references that lead somewhere.
pub(crate) fn assert_accessible(html: &str) {
    let tags = tags(html);
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(ids.insert(id), "id `{id}` twice");
    }
    let labelled: BTreeSet<&str> = tags
        .iter()
        .filter(|tag| tag.name == "label" && !tag.text.trim().is_empty())
        .filter_map(|tag| tag.get("for"))
        .collect();
    for tag in &tags {
        let hidden = tag.get("type") == Some("hidden");
        if matches!(tag.name.as_str(), "input" | "select" | "textarea") && !hidden {
            let id = tag.get("id").expect("a control has an id");
            assert!(labelled.contains(id), "no label for `{id}`");
            assert!(tag.get("name").is_some_and(|name| !name.is_empty()));
        }
        for id in tag.get("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(ids.contains(id), "`{id}` is nowhere");
        }
    }
    let fieldsets = tags.iter().filter(|tag| tag.name == "fieldset").count();
    let legends = tags.iter().filter(|tag| tag.name == "legend" && !tag.text.trim().is_empty()).count();
    assert_eq!(fieldsets, legends, "every fieldset has a legend");
}
