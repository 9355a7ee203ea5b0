//! Answers to any declared form, plausible where that is cheap: a child was just born, a bride is a woman, an address lies
//! in the province of the demo people.

use base::{Error, PersonalNumber, Random, Result};
use chrono::{Days, Months, NaiveDate};
use contracts::questions::Procedure;
use form::{Choice, Context, Field, Kind, Lists, Source, Values};
use province::Sex;
use serde_json::{Value, json};

use super::Applicant;
use crate::declared;

/// Code of the province in which the demo people live: Khánh Hòa.
const HOME: &str = "56";
/// Ages at which people of the demo marry and have children, in years.
const PARENTS: std::ops::Range<u32> = 18..46;
/// Nobody of the demo dies younger.
const OLD: std::ops::Range<u32> = 60..120;

/// Answers that the form of a procedure accepts.
///
/// # Errors
/// [`Error::Inside`] naming the fields when it does not: the generator does not know some kind of rule.
pub fn answers(
    procedure: &Procedure,
    applicant: &Applicant,
    lists: &Lists,
    today: NaiveDate,
    random: &(dyn Random + 'static),
) -> Result<Values> {
    let form = declared::definition(procedure)?;
    let cast = Cast::choose(applicant, today, random)?;
    let maker = Maker { cast, phone: &applicant.phone, lists, today, random };
    let mut values = Values::new();
    for page in form.pages() {
        for field in &page.fields {
            values.insert(field.name.clone(), maker.value(field, &maker.cast.applicant));
        }
    }
    form.accept(&values, &Context { today, lists })
        .map_err(|errors| Error::inside(format!("sample answers of {}: {errors:?}", procedure.code)))
}

/// Somebody a dossier speaks of.
#[derive(Clone)]
struct Somebody {
    name: String,
    sex: Sex,
    birth_date: NaiveDate,
    number: PersonalNumber,
}

/// Who is who in one dossier; the applicant where it can be them.
struct Cast {
    applicant: Somebody,
    /// Mother, bride.
    woman: Somebody,
    /// Father, groom.
    man: Somebody,
    child: Somebody,
    deceased: Somebody,
    /// Of the applicant with the child: the value of a choice of relations.
    relation: &'static str,
}

impl Cast {
    fn choose(applicant: &Applicant, today: NaiveDate, random: &(dyn Random + 'static)) -> Result<Self> {
        let mut others: Vec<Somebody> = Vec::new();
        let mut sex = Sex::Female;
        for person in province::people()? {
            if person.id_number == applicant.number {
                sex = person.sex;
            } else {
                let province::Person { name, sex, birth_date, id_number: number, .. } = person;
                others.push(Somebody { name, sex, birth_date, number });
            }
        }
        let applicant = Somebody {
            name: applicant.name.clone(),
            sex,
            birth_date: applicant.birth_date,
            number: applicant.number.clone(),
        };
        let age = |person: &Somebody| today.years_since(person.birth_date).unwrap_or(0);
        let any_of = |fits: &dyn Fn(&Somebody) -> bool| {
            let fitting: Vec<&Somebody> = others.iter().filter(|person| fits(person)).collect();
            let index = usize::try_from(random.below(fitting.len().max(1) as u64)).unwrap_or(0);
            fitting.get(index).map_or_else(|| applicant.clone(), |person| (*person).clone())
        };
        let parent = |sex: Sex| {
            let fits = |person: &Somebody| person.sex == sex && PARENTS.contains(&age(person));
            if fits(&applicant) { applicant.clone() } else { any_of(&fits) }
        };
        let (woman, man) = (parent(Sex::Female), parent(Sex::Male));
        let deceased = any_of(&|person| OLD.contains(&age(person)));
        let relation = match applicant.number {
            ref own if *own == woman.number => "mother",
            ref own if *own == man.number => "father",
            _ => "grandparent",
        };
        let sex = if random.below(2) == 0 { Sex::Female } else { Sex::Male };
        let surname = man.name.split(' ').next().unwrap_or_default();
        let child = Somebody {
            name: format!("{surname} {} Bé Mẫu", if sex == Sex::Female { "Thị" } else { "Văn" }),
            sex,
            birth_date: before(today, 1 + random.below(40)),
            // A newborn has none yet; the mother's stands for it.
            number: woman.number.clone(),
        };
        Ok(Self { applicant, woman, man, child, deceased, relation })
    }

    /// Whom a group or a field of this name is about.
    fn of<'c>(&'c self, name: &str, around: &'c Somebody) -> &'c Somebody {
        match name.trim_end_matches("_name") {
            "partner" | "spouse" if self.applicant.sex == Sex::Female => &self.man,
            "father" | "groom" => &self.man,
            "mother" | "bride" | "partner" | "spouse" => &self.woman,
            "child" => &self.child,
            "deceased" => &self.deceased,
            _ => around,
        }
    }
}

struct Maker<'a> {
    cast: Cast,
    phone: &'a str,
    lists: &'a Lists,
    today: NaiveDate,
    random: &'a (dyn Random + 'static),
}

impl Maker<'_> {
    fn value(&self, field: &Field, around: &Somebody) -> Value {
        let person = self.cast.of(&field.name, around);
        match &field.kind {
            Kind::Text { .. } => json!(self.text(field, person)),
            Kind::Number { .. } => json!(self.number(&field.name)),
            Kind::Money => json!((1 + self.random.below(90)) * 1_000_000),
            Kind::Date { min, .. } => json!(self.date(field, person, min.is_some()).to_string()),
            Kind::Choice { source, .. } => json!(self.choice(&field.name, source, person)),
            Kind::Choices(source) => json!([self.choice(&field.name, source, person)]),
            // The only row is the main one.
            Kind::YesNo if field.name == "main" => json!(true),
            Kind::YesNo => json!(self.random.below(2) == 0),
            Kind::Tick => json!(true),
            Kind::IdNumber => json!(person.number.reveal()),
            Kind::Phone => json!(self.phone),
            Kind::Email => json!("mau@example.vn"),
            Kind::File { .. } => json!("mau.pdf"),
            Kind::Group(fields) => self.group(fields, person),
            Kind::Rows { fields, min, .. } => {
                json!((0..(*min).max(1)).map(|_| self.group(fields, person)).collect::<Vec<_>>())
            }
        }
    }

    fn group(&self, fields: &[Field], person: &Somebody) -> Value {
        Value::Object(fields.iter().map(|field| (field.name.clone(), self.value(field, person))).collect())
    }

    fn choice<'c>(&'c self, name: &str, source: &'c Source, person: &Somebody) -> &'c str {
        let choices = source.choices(self.lists);
        let wanted = match (name, source) {
            (_, Source::List(list)) if list == "countries" => "VN",
            (_, Source::List(list)) if list == "ethnic-groups" => "01",
            (_, Source::List(list)) if list == "provinces" => HOME,
            ("sex", _) if person.sex == Sex::Female => "female",
            ("sex", _) => "male",
            ("relation", _) => self.cast.relation,
            ("marital_status", _) => "never",
            _ => "",
        };
        let home = self.lists.get("provinces").iter().find(|province| province.value == HOME);
        let near = |choice: &&Choice| home.is_some_and(|home| choice.group.as_ref() == Some(&home.title));
        let fitting: Vec<&Choice> = match source {
            Source::List(list) if list == "communes" => choices.iter().filter(near).collect(),
            _ => choices.iter().filter(|choice| choice.value == wanted).collect(),
        };
        let fitting = if fitting.is_empty() { choices.iter().collect() } else { fitting };
        let index = usize::try_from(self.random.below(fitting.len().max(1) as u64)).unwrap_or(0);
        fitting.get(index).map_or("", |choice| choice.value.as_str())
    }

    fn text(&self, field: &Field, person: &Somebody) -> String {
        let known = match field.path.as_str() {
            "business.name" => "Hộ kinh doanh Ví Dụ",
            "trader.name" | "organisation.name" => "Công ty TNHH Ví Dụ",
            "programme.name" => "Tuần lễ Ví Dụ",
            "sectors.name" => "Bán lẻ tổng hợp",
            "sectors.code" => "4711",
            "papers.title" => "Bằng tốt nghiệp số MẪU 000002",
            "papers.issuer" => "Trường Ví Dụ",
            "applicant.relation" => "Con",
            "designers.name" => "Công ty Thiết kế Ví Dụ",
            "applicant.other_name" => "Không",
            "purpose_other" => "Bổ sung hồ sơ vay vốn",
            "purpose" => "Bổ sung hồ sơ xin việc",
            "building_line" => "Trùng chỉ giới đường đỏ",
            "programme.goods" => "Hàng tiêu dùng",
            "plot.parcel" => "101",
            "plot.sheet" => "7",
            "plot.certificate" => "MẪU 000001",
            "cause" => "Tuổi cao",
            "proof_number" => "Số MẪU 01, Bệnh viện Ví Dụ",
            "child.facility" | "insurance_facility" => "Bệnh viện Ví Dụ",
            "child.hometown" | "child.birth_place" | "applicant.birth_place" => "Tỉnh Khánh Hòa",
            // The sample tax code of the specification of tax codes; social insurance numbers have ten digits as well.
            "organisation.tax_code" | "trader.tax_code" | "insurance_number_of_mother" => "0100109106",
            _ => "",
        };
        if !known.is_empty() {
            return known.to_owned();
        }
        let title = field.title.to_lowercase();
        if title.contains("họ") && title.contains("tên") || title.starts_with("người ") {
            person.name.clone()
        } else if title.starts_with("số định danh") {
            person.number.reveal().to_owned()
        } else if title.contains("địa chỉ") || title.contains("nơi") || title.contains("số nhà") {
            format!("{} đường Ví Dụ", 1 + self.random.below(200))
        } else if title.starts_with("giờ ") {
            "08:30".to_owned()
        } else {
            "Minh họa".to_owned()
        }
    }

    fn number(&self, name: &str) -> u64 {
        let (least, most) = match name {
            "area" => (150, 250),
            "footprint" => (60, 120),
            "floor_area" => (180, 360),
            "height" => (8, 14),
            "months" => (6, 12),
            "floors" => (2, 4),
            _ => (1, 5),
        };
        least + self.random.below(most - least + 1)
    }

    /// A date with an earliest day is one to come: an appointment, the start of works.
    fn date(&self, field: &Field, person: &Somebody, to_come: bool) -> NaiveDate {
        let days = 1 + self.random.below(30);
        match field.name.as_str() {
            "birth_date" => person.birth_date,
            "from" => self.today.checked_sub_months(Months::new(60)).unwrap_or(self.today),
            "end" => after(self.today, 60 + days),
            _ if to_come => after(self.today, 10 + days),
            _ => before(self.today, days),
        }
    }
}

fn before(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

fn after(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}
