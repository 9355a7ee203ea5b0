//! Who denounces stands nowhere in clear: not in a byte of database or files, in no log, on no page of anybody but the officer
//! who was appointed. The same words in an ordinary complaint are found, so that the search itself is known to find.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use aho_corasick::AhoCorasick;
use base::fold;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use complaints::demo::PASSPHRASE;
use complaints::letter::State;
use complaints::queries;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use http::StatusCode;
use identity::LinkSecret;
use store::{Kind, Sql};
use system::{Method, PositionKind};
use tinhso::Worker;

use crate::browser::{By, Payload};
use crate::province::{Person, Province};

const NAME: &str = "Trương Thị Kín Tiếng";
/// Of the list of numbers; nobody of the demo has it.
const NUMBER: &str = "056071000057";
const PHONE: &str = "0901777333";
const WORDS: &str = "Chiều thứ Ba ông ấy cất phong bì màu xanh vào ngăn kéo thứ nhì";
const FILE: &str = "so-tay-ghi-cheo.jpg";
const CAMERA: &str = "May anh cua nguoi giau ten";
/// 12° 14' 44.77" as a camera notes it: three fractions of eight bytes.
const LATITUDE: [(u32, u32); 3] = [(12, 1), (14, 1), (447_713, 10_000)];

/// Everything that is planted, by what it is called in a finding.
fn plants() -> Vec<(&'static str, Vec<u8>)> {
    let texts =
        [("name", NAME), ("number", NUMBER), ("phone", PHONE), ("words", WORDS), ("file", FILE), ("camera", CAMERA)];
    let place = LATITUDE.iter().flat_map(|(num, denom)| [num.to_be_bytes(), denom.to_be_bytes()]).flatten().collect();
    texts.into_iter().map(|(what, text)| (what, text.as_bytes().to_vec())).chain([("place", place)]).collect()
}

/// The ways in which somebody may have written a text down: as it is, folded for a search, percent-encoded, escaped in JSON, as
/// UTF-16, hexadecimal, or base64 at each of its three places.
fn forms(plant: &[u8]) -> Vec<Vec<u8>> {
    let mut forms = vec![plant.to_vec(), hex::encode(plant).into_bytes(), hex::encode_upper(plant).into_bytes()];
    for shift in 0..3 {
        // Only what does not depend on the bytes before and after.
        let shifted: Vec<u8> = std::iter::repeat_n(0, shift).chain(plant.iter().copied()).collect();
        let whole = &shifted[..shifted.len() / 3 * 3];
        forms.push(BASE64_STANDARD.encode(whole).into_bytes().split_off(if shift == 0 { 0 } else { 4 }));
    }
    if let Ok(text) = std::str::from_utf8(plant) {
        forms.push(fold(text).into_bytes());
        forms.push(text.to_uppercase().into_bytes());
        forms.push(serde_html_form::to_string([("", text)]).unwrap().into_bytes().split_off(1));
        let escaped = |unit: u16| match u8::try_from(unit) {
            Ok(plain) if plain.is_ascii() => char::from(plain).to_string(),
            _ => format!("\\u{unit:04x}"),
        };
        forms.push(text.encode_utf16().map(escaped).collect::<String>().into_bytes());
        forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    forms
}

/// What of the plants stands in some bytes.
fn found(place: &str, bytes: &[u8]) -> Vec<String> {
    static SEARCH: LazyLock<(AhoCorasick, Vec<&'static str>)> = LazyLock::new(|| {
        let forms =
            plants().into_iter().flat_map(|(what, plant)| forms(&plant).into_iter().map(move |form| (what, form)));
        let (names, patterns): (Vec<&'static str>, Vec<Vec<u8>>) = forms.unzip();
        (AhoCorasick::new(patterns).unwrap(), names)
    });
    let (search, names) = &*SEARCH;
    let whats: BTreeSet<&str> =
        search.find_overlapping_iter(bytes).map(|found| names[found.pattern().as_usize()]).collect();
    whats.into_iter().map(|what| format!("{what} in {place}")).collect()
}

/// Everything that was logged since the test began, at the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn begin() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let writer = log.clone();
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_ansi(false)
                .with_writer(move || writer.clone())
                .init();
            log
        })
        .clone()
    }
}

fn photo() -> Vec<u8> {
    let text =
        |tag: Tag, text: &str| Field { tag, ifd_num: In::PRIMARY, value: Value::Ascii(vec![text.as_bytes().to_vec()]) };
    let latitude = LATITUDE.map(|(num, denom)| Rational { num, denom }).to_vec();
    let fields = [
        text(Tag::Model, CAMERA),
        text(Tag::GPSLatitudeRef, "N"),
        Field { tag: Tag::GPSLatitude, ifd_num: In::PRIMARY, value: Value::Rational(latitude) },
    ];
    let mut writer = Writer::new();
    for field in &fields {
        writer.push_field(field);
    }
    let mut noted = std::io::Cursor::new(Vec::new());
    writer.write(&mut noted, false).unwrap();
    let (street, noted) = (photos::demo::street(1).unwrap(), noted.into_inner());
    let size = u16::try_from(noted.len() + 8).unwrap().to_be_bytes();
    // After the mark of its beginning (FF D8) a JPEG may say what a camera noted (FF E1).
    [&street[..2], &[0xff, 0xe1], &size, b"Exif\0\0", &noted, &street[2..]].concat()
}

fn fields(kind: &[(&str, &str)]) -> Vec<(String, String)> {
    let given = [("name", NAME), ("number", NUMBER), ("phone", PHONE), ("address", ""), ("words", WORDS)];
    kind.iter().chain(&given).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Sends a letter by a form, with the photo; gives its code.
async fn sent(province: &Province, by: &By, address: &str, kind: &[(&str, &str)]) -> String {
    let secret = LinkSecret::new(&*province.app().random);
    let mut fields = fields(kind);
    fields.push(("khoa".to_owned(), secret.reveal().to_owned()));
    let files = vec![("files".to_owned(), FILE.to_owned(), photo())];
    let answer = province.send(Method::Post, address, by, Payload::Files(fields, files)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let from = answer.location.find("DT-").unwrap();
    answer.location[from..].split('?').next().unwrap().to_owned()
}

async fn post(province: &Province, who: &Person, address: &str, fields: &[(&str, &str)]) -> crate::browser::Answer {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    province.send(Method::Post, address, &By::Browser(who.secret.clone()), Payload::Fields(fields)).await
}

async fn at_step(province: &Province, who: &Person, code: &str, verb: &str, fields: &[(&str, &str)]) {
    let letter = queries::by_code(province.store().read(), code).await.unwrap().unwrap();
    let steps = flow::queries::steps_of(province.store().read(), letter.id).await.unwrap();
    let step = steps.into_iter().find(|step| step.closed_at.is_none()).unwrap();
    let address = format!("/don-thu-xu-ly/{code}/buoc/{}/{verb}", step.id);
    let answer = post(province, who, &address, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{verb}: {}", answer.text);
}

async fn inspectorate(province: &Province, kind: PositionKind) -> Person {
    let app = province.app();
    let agency = directory::queries::agency_by_code(app.store.read(), "H32.19", app.now().today()).await;
    let agency = agency.unwrap().unwrap().id;
    let fits = |one: &Person| one.officer().is_some_and(|one| one.agency == agency && one.kind == kind);
    province.officers().await.into_iter().find(fits).unwrap()
}

const MET: [&str; 8] =
    ["chu-ky", "ho-ten", "tieng-viet", "tham-quyen", "co-so", "chua-giai-quyet", "ban-chinh", "loi-le"];

/// The appointed officer opens it, and it is taken to its conclusion.
async fn concluded(province: &Province, code: &str, appointed: &Person, leader: &Person) {
    let address = format!("/don-thu-xu-ly/{code}");
    let reason = [("passphrase", PASSPHRASE), ("reason", "Xử lý ban đầu theo Điều 24")];
    let opened = post(province, appointed, &format!("{address}/mo-niem-phong"), &reason).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    for shown in [NAME, NUMBER, PHONE, WORDS, FILE] {
        assert!(opened.text.contains(shown), "the appointed officer does not see {shown}");
    }
    let summary = [("summary", "Tố cáo việc nhận tiền"), ("commune", "H32.103")];
    assert_eq!(post(province, appointed, &format!("{address}/tom-tat"), &summary).await.status, StatusCode::SEE_OTHER);
    let rest = [("outcome", "accept"), ("field", "hanh-chinh"), ("commune", "H32.103"), ("reasons", "Có cơ sở")];
    let read: Vec<(&str, &str)> = MET.iter().map(|code| ("met", *code)).chain(rest).collect();
    at_step(province, appointed, code, "de-xuat", &read).await;
    at_step(province, leader, code, "duyet", &[]).await;
    at_step(province, appointed, code, "ket-luan", &[("finding", "right"), ("words", "Có việc nhận tiền")]).await;
    at_step(province, leader, code, "quyet-dinh", &[]).await;
    at_step(province, appointed, code, "thi-hanh", &[("words", "Đã gửi kết luận")]).await;
    let letter = queries::by_code(province.store().read(), code).await.unwrap().unwrap();
    assert_eq!(letter.state, State::Closed);
}

/// Every byte that the program keeps: the folder with its database, files and list of accounts; of a server every row.
async fn kept(province: &Province) -> Vec<String> {
    let mut findings = Vec::new();
    folder(&province.app().settings.data, &mut findings);
    if province.store().kind() == Kind::Postgres {
        let tables: Vec<String> =
            Sql::new("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .all(province.store().read(), |row| row.get(0))
                .await
                .unwrap();
        assert!(tables.len() > 50, "only {} tables", tables.len());
        for table in tables {
            let rows: Vec<String> = Sql::composed(format!("SELECT CAST(t AS text) FROM {table} t"))
                .all(province.store().read(), |row| row.get(0))
                .await
                .unwrap();
            findings.extend(found(&table, rows.join("\n").as_bytes()));
        }
    }
    findings
}

fn folder(path: &Path, findings: &mut Vec<String>) {
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            folder(&path, findings);
        } else {
            findings.extend(found(&path.display().to_string(), &std::fs::read(&path).unwrap()));
            findings.extend(found("the name of a file", path.display().to_string().as_bytes()));
        }
    }
}

/// Every page and every answer of the API, asked for by everybody: with the codes of the letters wherever an address has a
/// place for one.
async fn shown(province: &Province, codes: &[String], everybody: &[Option<Person>]) -> (Vec<String>, usize) {
    let (mut findings, mut asked) = (Vec::new(), 0);
    let pages = province.demo.program.systems.iter().flat_map(|system| system.pages.iter().map(|route| (route, false)));
    let api = province.demo.program.systems.iter().flat_map(|system| system.api.iter().map(|route| (route, true)));
    for (route, is_api) in pages.chain(api).filter(|(route, _)| route.method == Method::Get) {
        for code in codes {
            let uri = filled(route.path, code);
            for person in everybody {
                let by = match person {
                    None => By::Nobody,
                    Some(person) if is_api => By::Token(person.token.clone()),
                    Some(person) => By::Browser(person.secret.clone()),
                };
                let answer = province.send(Method::Get, &uri, &by, Payload::Nothing).await;
                let who = person.as_ref().map_or("nobody", |person| person.login.as_str());
                findings.extend(found(&format!("{uri} for {who}"), answer.text.as_bytes()));
                asked += 1;
            }
            if uri == route.path {
                break;
            }
        }
    }
    (findings, asked)
}

fn filled(path: &str, code: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { code.to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[store::test]
async fn who_denounces_stands_nowhere_in_clear(province: Province) {
    let log = Log::begin();
    let citizen = province.citizens().await.swap_remove(0);
    let (desk, leader) =
        (inspectorate(&province, PositionKind::Reception).await, inspectorate(&province, PositionKind::Leader).await);
    let appointed = inspectorate(&province, PositionKind::Specialist).await;
    let mut everybody: Vec<Option<Person>> = province.officers().await.into_iter().map(Some).collect();
    everybody.push(Some(citizen.clone()));
    everybody.push(None);

    // By the portal, signed in and not, and typed in at the desk.
    let by_citizen = By::Browser(citizen.secret.clone());
    let mut codes = vec![
        sent(&province, &By::Nobody, "/don-thu/to-cao", &[]).await,
        sent(&province, &by_citizen, "/don-thu/to-cao", &[]).await,
    ];
    let typed = [("kind", "denunciation"), ("source", "desk")];
    codes.push(sent(&province, &By::Browser(desk.secret.clone()), "/don-thu-xu-ly/moi", &typed).await);
    for code in &codes {
        concluded(&province, code, &appointed, &leader).await;
    }
    // Whoever is not appointed opens nothing, whatever passphrase they know.
    let address = format!("/don-thu-xu-ly/{}/mo-niem-phong", codes[0]);
    for other in everybody.iter().flatten().filter(|other| other.login != appointed.login) {
        let fields = [("passphrase", PASSPHRASE), ("reason", "Muốn biết ai tố cáo")];
        let answer = post(&province, other, &address, &fields).await;
        let refused = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        assert!(refused && found("", answer.text.as_bytes()).is_empty(), "{}: {}", other.login, answer.status);
    }
    // Listeners, timers, deliveries and mails have their turn.
    Worker::new(&province.demo.program).drain().await;

    let (mut findings, asked) = shown(&province, &codes, &everybody).await;
    assert!(asked > 3000, "only {asked} pages were asked for");
    findings.extend(kept(&province).await);
    let lines = log.0.lock().unwrap().len();
    assert!(lines > 100_000, "the log is listened to: {lines} bytes");
    findings.extend(found("the log", &log.0.lock().unwrap()));
    assert!(findings.is_empty(), "{}", findings.join("\n"));

    // The control: an ordinary complaint with the same words is found, each plant of it.
    let open = [
        ("kind", "complaint"),
        ("to", "H32.103"),
        ("field", "dat-dai"),
        ("commune", "H32.103"),
        ("against", "Quyết định 12"),
    ];
    let code = sent(&province, &By::Nobody, "/don-thu/gui", &open).await;
    let findings = kept(&province).await;
    for (what, _) in plants() {
        assert!(findings.iter().any(|finding| finding.starts_with(what)), "{what} is not found: {findings:?}");
    }
    let (findings, _) = shown(&province, &[code], &everybody).await;
    assert!(findings.iter().any(|finding| finding.starts_with("words in")), "{findings:?}");
}
