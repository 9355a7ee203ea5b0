//! Every route answers each kind of caller as its row of the access table says.

use std::fmt;

use http::StatusCode;
use serde_json::{Map, Value};
use system::{Access, Caller, Method, Route};

use crate::browser::{Answer, By, Payload};
use crate::province::{Person, Province};
use crate::things::{self, Owner, Thing};

/// What a caller must get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// 2xx, or 3xx to anywhere but the sign-in.
    Served,
    /// A page sends to the sign-in, everything else answers 401.
    SignIn,
    Forbidden,
    NotFound,
}

/// Pages know people by cookie, the API by token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Page,
    Api,
}

struct Case<'a> {
    province: &'a Province,
    route: &'a Route,
    face: Face,
}

impl fmt::Display for Case<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.route.method.as_str(), self.route.path)
    }
}

#[store::test]
async fn every_route_gives_each_caller_what_the_access_table_says(province: Province) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for system in &province.demo.program.systems {
        let pages = system.pages.iter().map(|route| (route, Face::Page));
        let api = system.api.iter().map(|route| (route, Face::Api));
        for (route, face) in pages.chain(api) {
            let case = Case { province: &province, route, face };
            count += 1;
            match case.run().await {
                Ok(()) => {}
                Err(findings) => wrong.extend(findings.iter().map(|finding| format!("{case}: {finding}"))),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} routes' answers are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 90, "only {count} routes were called");
}

impl Case<'_> {
    async fn run(&self) -> Result<(), Vec<String>> {
        let thing = self.thing().await.map_err(|problem| vec![problem])?;
        if self.route.path.contains('{') && thing.hidden_from.is_empty() && !thing.is_everyones {
            return Err(vec!["is about a thing that is hidden from nobody".to_owned()]);
        }
        let mut wrong = Vec::new();
        for (who, by, expected) in self.callers(&thing).await {
            let answer = self.call(&thing, &by).await;
            if !self.fits(&answer, expected) {
                let said = if answer.status.is_success() { String::new() } else { excerpt(&answer.text) };
                let Answer { status, location, .. } = answer;
                wrong.push(format!("{who} should be {expected:?}, but got {status} {location} {said}"));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// With what the route is called.
    async fn thing(&self) -> Result<Thing, String> {
        match self.route.example {
            Some(example) => things::find(self.province, example.thing, self.route)
                .await
                .ok_or_else(|| format!("the demo has no thing called {}", example.thing)),
            None if self.route.path.contains('{') || self.route.method != Method::Get => {
                Err("has a parameter or a body, but no example to call it with".to_owned())
            }
            None => Ok(Thing::none(self.usual_caller().await)),
        }
    }

    /// Somebody who may come in where nothing in particular is asked for.
    async fn usual_caller(&self) -> Owner {
        let officers = self.province.officers().await;
        let found = match self.route.access {
            Access::Public => return Owner::Anyone,
            Access::Citizen | Access::SignedIn => self.province.citizens().await.into_iter().next(),
            Access::Officer => officers.into_iter().next(),
            Access::Needs(permission) => officers.into_iter().find(|one| holds(one, permission)),
            Access::Client(scope) => return Owner::Client(things::client_token(self.province, scope).await),
        };
        Owner::Person(Box::new(found.unwrap_or_else(|| panic!("nobody of the demo may use {self}"))))
    }

    /// Everybody who calls the route, those who may last: what they do may use the thing up.
    async fn callers(&self, thing: &Thing) -> Vec<(String, By, Expected)> {
        let mut callers = Vec::new();
        let mut add = |who: String, by: By, caller: &Caller, hidden: bool| {
            let expected = match self.outer_door(caller) {
                Expected::Served if hidden => Expected::NotFound,
                // The table does not say what comes of it when others act, or look at what concerns one person only.
                Expected::Served if self.route.method != Method::Get || thing.is_private() => return,
                expected => expected,
            };
            callers.push((who, by, expected));
        };
        add("anonymous".to_owned(), By::Nobody, &Caller::Anonymous, false);
        for stranger in &thing.hidden_from {
            add(format!("{} to whom it is hidden", told(stranger)), self.by(stranger), &stranger.caller, true);
        }
        let mut others = self.province.citizens().await;
        others.truncate(1);
        others.extend(self.officers_of_two_agencies().await);
        let is_named = |one: &Person| thing.is_owned_by(one) || thing.hidden_from.iter().any(|s| s.login == one.login);
        for one in others.iter().filter(|one| !is_named(one)) {
            add(told(one), self.by(one), &one.caller, false);
        }
        let by = match &thing.owner {
            Owner::Anyone => By::Nobody,
            Owner::Person(person) => self.by(person),
            Owner::Session(secret) => By::Browser(secret.clone()),
            Owner::Client(token) => By::Token(token.clone()),
        };
        callers.push((format!("who may ({})", thing.owner.name()), by, Expected::Served));
        callers
    }

    /// With and without the permission, in one agency and in another.
    async fn officers_of_two_agencies(&self) -> Vec<Person> {
        let officers = self.province.officers().await;
        let Access::Needs(permission) = self.route.access else { return officers.into_iter().take(1).collect() };
        let with = officers.iter().find(|one| holds(one, permission));
        let without = officers.iter().find(|one| !holds(one, permission));
        with.into_iter().chain(without).cloned().collect()
    }

    fn by(&self, person: &Person) -> By {
        match self.face {
            Face::Page => By::Browser(person.secret.clone()),
            Face::Api => By::Token(person.token.clone()),
        }
    }

    /// The table, read a second time: not by the program's own door.
    fn outer_door(&self, caller: &Caller) -> Expected {
        match (self.route.access, caller) {
            (Access::Public, _) | (Access::Citizen, Caller::Citizen(_)) | (Access::Officer, Caller::Officer(_)) => {
                Expected::Served
            }
            (Access::SignedIn, caller) if *caller != Caller::Anonymous => Expected::Served,
            (Access::Needs(permission), Caller::Officer(officer)) if officer.permissions.contains(permission) => {
                Expected::Served
            }
            (_, Caller::Anonymous) => Expected::SignIn,
            _ => Expected::Forbidden,
        }
    }

    fn fits(&self, answer: &Answer, expected: Expected) -> bool {
        let to_sign_in = answer.location == "/dang-nhap" || answer.location.starts_with("/dang-nhap?");
        let problem = self.face == Face::Page || answer.content_type == "application/problem+json";
        match expected {
            Expected::Served => answer.status.is_success() || answer.status.is_redirection() && !to_sign_in,
            Expected::SignIn if self.face == Face::Page && self.route.method == Method::Get => {
                answer.status == StatusCode::SEE_OTHER && to_sign_in
            }
            Expected::SignIn => answer.status == StatusCode::UNAUTHORIZED && problem,
            Expected::Forbidden => answer.status == StatusCode::FORBIDDEN && problem,
            Expected::NotFound => answer.status == StatusCode::NOT_FOUND && problem,
        }
    }

    async fn call(&self, thing: &Thing, by: &By) -> Answer {
        let pairs = self.route.example.map_or(&[][..], |example| example.body);
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| (thing.filled(name), thing.filled(value))).collect();
        let (query, fields): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name.starts_with('?'));
        let query: Vec<_> = query.iter().map(|(name, value)| (name.trim_start_matches('?'), value)).collect();
        let mut uri = thing.filled(self.route.path);
        if !query.is_empty() {
            uri = format!("{uri}?{}", serde_html_form::to_string(query).unwrap());
        }
        let payload = if self.route.method == Method::Get { Payload::Nothing } else { self.payload(thing, fields) };
        self.province.send(self.route.method, &uri, by, payload).await
    }

    /// The body that the example describes; see [`system::Example`].
    fn payload(&self, thing: &Thing, fields: Vec<(String, String)>) -> Payload {
        let is_file = |(_, value): &(String, String)| value == "@file";
        if fields.iter().any(|pair| pair.0.is_empty() && is_file(pair)) {
            return Payload::Bytes(thing.file.clone());
        }
        if self.face == Face::Api {
            let value = |text: String| {
                let whole = text.starts_with(['{', '[']);
                if whole { serde_json::from_str(&text).unwrap() } else { Value::String(text) }
            };
            return Payload::Json(Value::Object(fields.into_iter().map(|(name, text)| (name, value(text))).collect()));
        }
        let (files, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(is_file);
        let mut typed = Vec::new();
        for (name, value) in fields {
            if name == "*" {
                let answers: Map<String, Value> = serde_json::from_str(&value).unwrap();
                spread("", &Value::Object(answers), &mut typed);
            } else {
                typed.push((name, value));
            }
        }
        if files.is_empty() {
            return Payload::Fields(typed);
        }
        let file = |(name, _)| (name, "giay-to-mau.pdf".to_owned(), thing.file.clone());
        Payload::Files(typed, files.into_iter().map(file).collect())
    }
}

/// A JSON value as the fields of a form: `child.full_name`, `heirs.0.name`.
fn spread(path: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    let within = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::String(text) => fields.push((path.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => fields.push((path.to_owned(), value.to_string())),
        Value::Object(inner) => inner.iter().for_each(|(name, value)| spread(&within(name), value, fields)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let name = if item.is_object() { within(&index.to_string()) } else { path.to_owned() };
                spread(&name, item, fields);
            }
        }
    }
}

fn holds(person: &Person, permission: &str) -> bool {
    person.officer().is_some_and(|officer| officer.may(permission))
}

fn told(person: &Person) -> String {
    match &person.caller {
        Caller::Officer(officer) => format!("officer {} ({})", person.login, officer.title),
        _ => "citizen".to_owned(),
    }
}

/// The words of a page that says what went wrong, or of a problem.
fn excerpt(text: &str) -> String {
    let main = text.split_once("<main").map_or(text, |(_, main)| main);
    let mut inside = false;
    let words = main.chars().filter(|letter| {
        let shown = !inside && *letter != '<';
        inside = if *letter == '<' { true } else { inside && *letter != '>' };
        shown
    });
    words.collect::<String>().split_whitespace().take(60).collect::<Vec<_>>().join(" ")
}
