//! What the embedded provinces promise to everything that reads them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails fails its test")]

use std::collections::BTreeSet;
use std::fs;

use base::PositionKind;
use chrono::NaiveDate;
use province::{Filing, FilingPlace, Mistake, Organisation, Problem, Province, Sex, Tree};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn count(province: &Province, kinds: &[&str], on: &str) -> usize {
    province.agencies_on(day(on)).filter(|agency| kinds.contains(&agency.kind.as_str())).count()
}

const DEPARTMENTS: [&str; 3] = ["department", "inspectorate", "zone-authority"];

#[test]
fn khanh_hoa_has_the_agencies_of_each_time() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    assert_eq!(khanh_hoa.settings.name, "Tỉnh Khánh Hòa");
    for (on, departments, districts, communes) in
        [("2020-06-01", 21, 9, 139), ("2025-03-01", 16, 9, 139), ("2025-06-30", 16, 9, 139), ("2025-07-01", 16, 0, 65)]
    {
        assert_eq!(count(&khanh_hoa, &DEPARTMENTS, on), departments, "departments on {on}");
        assert_eq!(count(&khanh_hoa, &["district-committee"], on), districts, "districts on {on}");
        assert_eq!(count(&khanh_hoa, &["commune-committee"], on), communes, "communes on {on}");
        for kind in ["province-committee", "police", "tax", "social-insurance", "treasury", "post"] {
            assert_eq!(count(&khanh_hoa, &[kind], on), 1, "{kind} on {on}");
        }
    }
}

#[test]
fn cao_bang_has_two_tiers() {
    let cao_bang = Province::load("cao-bang").unwrap();
    assert_eq!(count(&cao_bang, &["commune-committee"], "2025-07-01"), 56);
    assert_eq!(count(&cao_bang, &["district-committee"], "2025-07-01"), 0);
    assert!(cao_bang.agencies.values().all(|agency| agency.code.as_str().starts_with("H14")));
}

#[test]
fn former_communes_lead_to_their_successors_and_unknown_stays_unknown() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    let communes = || khanh_hoa.agencies.values().filter(|agency| agency.kind == "commune-committee");
    let bac_nha_trang = communes().find(|agency| agency.name.ends_with("phường Bắc Nha Trang")).unwrap();
    let names: Vec<&str> =
        bac_nha_trang.predecessors.iter().map(|code| khanh_hoa.agencies[code].name.as_str()).collect();
    assert!(names.contains(&"Ủy ban nhân dân phường Vĩnh Hải"), "{names:?}");

    let followed: Vec<_> = communes().flat_map(|agency| &agency.predecessors).collect();
    assert_eq!(followed.len(), followed.iter().collect::<BTreeSet<_>>().len(), "one main successor each");
    let former = communes().filter(|agency| agency.to.is_some()).count();
    assert_eq!(former - followed.len(), 9, "communes whose successor is not known");
    let from_elsewhere = communes().filter(|agency| agency.from == day("2025-07-01") && agency.predecessors.is_empty());
    assert_eq!(from_elsewhere.count(), 24, "communes on the ground of former Ninh Thuận");
}

#[test]
fn every_merged_department_is_followed() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    let ended = khanh_hoa.agencies.values().filter(|agency| agency.kind == "department" && agency.to.is_some());
    for agency in ended {
        let follows = |other: &&province::Agency| other.predecessors.contains(&agency.code);
        assert_eq!(khanh_hoa.agencies.values().filter(follows).count(), 1, "{}", agency.name);
    }
}

#[test]
fn every_agency_has_a_template_for_as_long_as_it_exists() {
    let organisation = Organisation::load().unwrap();
    for name in Province::list() {
        for agency in Province::load(name).unwrap().agencies.values() {
            for on in [agency.from, agency.to.unwrap_or(day("2099-01-01"))] {
                let template = organisation.template(&agency.kind, on);
                let template = template.unwrap_or_else(|| panic!("{} has no template on {on}", agency.name));
                assert!(template.has(PositionKind::Leader, Some("lanh-dao")), "{}", agency.name);
                assert!(template.has(PositionKind::Clerk, None), "{}", agency.name);
                assert!(template.has(PositionKind::Administrator, None), "{}", agency.name);
            }
        }
    }
}

#[test]
fn people_file_here_and_are_told_where_one_files_in_reality() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    let filing: &Filing = khanh_hoa.settings.filing_on(day("2026-11-20")).unwrap();
    assert_eq!(filing.place, FilingPlace::Here);
    assert!(filing.note.as_deref().unwrap().contains("Cổng Dịch vụ công quốc gia"));
    assert_eq!(khanh_hoa.settings.filing_on(day("2019-12-31")), None);
}

#[test]
fn demo_people_have_numbers_that_agree_with_their_birth_and_sex() {
    let people = province::people().unwrap();
    assert!(people.len() >= 50);
    assert!(province::id_numbers().unwrap().len() >= 60);
    for person in people {
        let number = person.id_number.reveal();
        let born: i32 = format!("{}", person.birth_date.format("%Y")).parse().unwrap();
        let century = (born / 100 - 19) * 2 + i32::from(person.sex == Sex::Female);
        assert_eq!(&number[3..6], format!("{century}{:02}", born % 100), "{}", person.name);
    }
}

#[test]
fn agencies_may_keep_hours_of_their_own() {
    let khanh_hoa = Province::load("khanh-hoa").unwrap();
    let national = || worktime::Rules::from_toml(province::national().text("calendar.toml").unwrap()).unwrap();
    let keeping = |calendar: &str| {
        assert!(khanh_hoa.agencies.values().any(|agency| agency.calendar.as_deref() == Some(calendar)));
        let layer = worktime::Rules::from_toml(&khanh_hoa.calendars[calendar]).unwrap();
        worktime::Calendar::new(vec![national(), layer]).unwrap()
    };
    let saturday = day("2026-03-07");
    let desk = keeping("thu-bay");
    let desk = desk.day(saturday).unwrap();
    assert!(!desk.is_working() && !desk.desk.is_empty(), "a Saturday desk receives, but no time counts");

    let mountains = keeping("mien-nui");
    let opens = mountains.day(day("2026-03-06")).unwrap().sessions[0].opens();
    assert_eq!(opens, 7 * 60 + 30);
    assert_eq!(mountains.day_minutes(day("2026-03-06")), Some(480));
}

#[test]
fn code_lists_are_whole() {
    let lists = province::lists().unwrap();
    for (name, length) in
        [("provinces", 34), ("communes", 3321), ("ethnic-groups", 54), ("countries", 249), ("life-events", 11)]
    {
        assert_eq!(lists[name].len(), length, "{name}");
        let codes: BTreeSet<_> = lists[name].iter().map(|entry| &entry.code).collect();
        assert_eq!(codes.len(), length, "codes of {name}");
    }
    let khanh_hoa = lists["communes"].iter().filter(|entry| entry.group.as_deref() == Some("Tỉnh Khánh Hòa"));
    assert_eq!(khanh_hoa.count(), 65);
}

#[test]
fn all_text_is_in_composed_form() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["national", "khanh-hoa", "cao-bang", "demo"] {
        for (path, text) in Tree::on_disk(&folder.join(name)).unwrap().files() {
            assert_eq!(text, base::nfc(text), "{name}/{}", path.display());
        }
    }
}

#[test]
fn a_folder_on_disk_reads_like_an_embedded_one() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("khanh-hoa");
    let (read, embedded) = (Province::read(&folder).unwrap(), Province::load("khanh-hoa").unwrap());
    assert_eq!(read.agencies, embedded.agencies);
    assert_eq!(read.settings, embedded.settings);
}

fn read_with(agencies: &str) -> Result<Province, Problem> {
    let folder = tempfile::tempdir().unwrap();
    let settings = "name = \"Tỉnh Mẫu\"\ncode = \"H99\"\ngso = \"99\"\nhotline = \"1022\"\nfiling = []\n";
    fs::write(folder.path().join("province.toml"), settings).unwrap();
    fs::create_dir(folder.path().join("agencies")).unwrap();
    let common = "[common]\nkind = \"commune-committee\"\nnotation = \"UBND\"\nbasis = \"mẫu\"\n";
    fs::write(folder.path().join("agencies/all.toml"), format!("{common}{agencies}")).unwrap();
    Province::read(folder.path())
}

fn mistake(agencies: &str) -> Mistake {
    match read_with(agencies) {
        Err(Problem::Wrong { source, .. }) => source,
        other => panic!("expected a mistake, got {other:?}"),
    }
}

#[test]
fn contradictions_are_refused() {
    let old =
        "[[agency]]\ncode = \"H99.01\"\nname = \"Cũ\"\narea = \"00001\"\nfrom = \"2020-01-01\"\nto = \"2025-06-30\"\n";
    let next = "[[agency]]\ncode = \"H99.101\"\nname = \"Mới\"\narea = \"00001\"\npredecessors = [\"H99.01\"]\n";
    assert!(read_with(&format!("{old}{next}from = \"2025-07-01\"\n")).is_ok());

    assert!(matches!(mistake(&format!("{old}{next}from = \"2025-06-30\"\n")), Mistake::PredecessorStillThere { .. }));
    assert!(matches!(mistake(&format!("{old}{old}")), Mistake::CodeUsedTwice { .. }));
    assert!(matches!(mistake(&format!("{next}from = \"2025-07-01\"\n")), Mistake::UnknownAgency { .. }));
    let unknown = format!("{old}calendar = \"dem\"\n");
    assert!(matches!(mistake(&unknown), Mistake::UnknownCalendar { .. }));
    assert!(matches!(mistake(&format!("{old}{next}")), Mistake::Incomplete { key: "from", .. }));
    let rival = old.replace("H99.01", "H99.02");
    assert!(matches!(mistake(&format!("{old}{rival}")), Mistake::TwoInCharge { .. }));
    let backwards = old.replace("2025-06-30", "2019-12-31");
    assert!(matches!(mistake(&backwards), Mistake::EndsBeforeItBegins { .. }));
}

#[test]
fn an_unknown_province_is_told_which_there_are() {
    let problem = Province::load("nowhere").unwrap_err().to_string();
    assert!(problem.contains("khanh-hoa"), "{problem}");
}
