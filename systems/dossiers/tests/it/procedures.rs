//! Procedures of the national packages, as far as dossiers ask for them. The crate that reads packages is another system,
//! which this one may not know.

use std::sync::Arc;

use base::{Id, Now, Result};
use contracts::Answer;
use contracts::questions::{Competence, Deadline, Paper, Procedure, Procedures, ResultPaper};
use flow::Process;
use flow::process::Budget;
use province::Tree;
use serde::Deserialize;
use store::Tx;

/// Folder, its process, and the unit that examines where the package names another than the process does.
const PACKAGES: [(&str, &str, Option<&str>); 4] = [
    ("2.001023-khai-sinh-cap-the-bhyt", "procedures/2.001023-khai-sinh-cap-the-bhyt/process.toml", None),
    ("1.009994-cap-giay-phep-xay-dung", "processes/site-check.toml", None),
    ("2.000815-chung-thuc-ban-sao", "processes/counter.toml", None),
    ("bhyt-tre-em", "processes/joint-part.toml", Some("thu-so-the")),
];

/// A catalogue of these, each in force always.
pub(crate) struct Catalogue(Vec<Arc<Procedure>>);

impl Catalogue {
    pub(crate) async fn published(tx: &Tx, now: Now) -> Result<Self> {
        let national = province::national();
        let mut procedures = Vec::new();
        for (folder, process, unit) in PACKAGES {
            let mut process: Process = toml::from_str(national.text(process).unwrap())?;
            let examine = process.steps.iter_mut().find(|step| step.name == "examine");
            if let Some(who) = examine.and_then(|step| step.who.as_mut()).filter(|_| unit.is_some()) {
                who.unit = unit.map(str::to_owned);
            }
            let process = flow::actions::publish(tx, now, &process).await?;
            procedures.push(Arc::new(read(&national.folder("procedures").folder(folder), Id::new(now), process)?));
        }
        Ok(Self(procedures))
    }

    /// Those that people file; the others are parts of these.
    pub(crate) fn filed(&self) -> Vec<Arc<Procedure>> {
        self.0.iter().filter(|procedure| !procedure.form_ui.is_empty()).cloned().collect()
    }
}

impl Procedures for Catalogue {
    fn in_force<'a>(&'a self, code: &'a str, _: Now) -> Answer<'a, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.0.iter().find(|known| known.code == code).cloned()) })
    }

    fn version(&self, id: Id) -> Answer<'_, Option<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.0.iter().find(|known| known.id == id).cloned()) })
    }

    fn offered(&self, _: Now) -> Answer<'_, Vec<Arc<Procedure>>> {
        Box::pin(async move { Ok(self.filed()) })
    }
}

#[derive(Deserialize)]
struct Written {
    code: String,
    name: String,
    deadline: WrittenDeadline,
    #[serde(rename = "result")]
    results: Vec<WrittenResult>,
}

#[derive(Deserialize)]
struct WrittenDeadline {
    budget: WrittenBudget,
    counting: String,
    cut_off: Option<String>,
    written: String,
}

/// The same word as the steps' budgets and one more.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenBudget {
    Almanac { calendar_days: u32 },
    Working(Budget),
}

#[derive(Deserialize)]
struct WrittenResult {
    code: String,
    name: String,
    template: String,
    abbreviation: String,
    number: String,
    by: Option<String>,
}

#[derive(Deserialize)]
struct Components {
    #[serde(default)]
    component: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    code: String,
    name: String,
    required: bool,
    #[serde(default)]
    declared: bool,
}

fn read(package: &Tree, id: Id, process: Id) -> Result<Procedure> {
    let text = |file: &str| package.text(file).unwrap_or_default();
    let written: Written = toml::from_str(text("procedure.toml"))?;
    let Components { component } = toml::from_str(text("components.toml"))?;
    let (unit, amount) = match written.deadline.budget {
        WrittenBudget::Almanac { calendar_days } => ("calendar-days", calendar_days),
        WrittenBudget::Working(Budget::Days(days)) => ("days", days),
        WrittenBudget::Working(Budget::Hours(hours)) => ("minutes", hours * 60),
    };
    let result = |result: WrittenResult| ResultPaper {
        code: result.code,
        name: result.name,
        template: result.template,
        abbreviation: result.abbreviation,
        number: result.number,
        reuse: None,
        valid_months: None,
        by: result.by,
        prints: Vec::new(),
    };
    let paper = |component: Component| Paper {
        code: component.code,
        name: component.name,
        originals: 1,
        copies: 0,
        required: component.required,
        condition: None,
        declared: component.declared,
        reuse: None,
    };
    Ok(Procedure {
        id,
        code: written.code,
        name: written.name,
        field: String::new(),
        assurance: 2,
        subjects: contracts::questions::Subjects::PERSONS,
        consents: Vec::new(),
        channels: vec!["counter".to_owned(), "online".to_owned()],
        agencies: vec![Competence {
            kind: "commune-committee".to_owned(),
            receives: true,
            decides: true,
            notation: None,
        }],
        process,
        deadline: Deadline {
            unit: unit.to_owned(),
            amount,
            counting: written.deadline.counting.replace('_', "-"),
            cut_off: written.deadline.cut_off,
            written: written.deadline.written,
        },
        papers: component.into_iter().map(paper).collect(),
        fees: Vec::new(),
        results: written.results.into_iter().map(result).collect(),
        form_schema: text("form.schema.json").to_owned(),
        form_ui: text("form.ui.toml").to_owned(),
    })
}
