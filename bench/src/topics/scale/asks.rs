//! What is asked of the big province, and by whom.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use base::{Id, Now, fold};
use chrono::TimeDelta;
use contracts::questions::Procedures;
use dossiers::dossier::State;
use performance::queries::Behind;
use store::Sql;

use crate::grow::officers;
use crate::load::Ask;
use crate::pages::{Inside, link};
use crate::told;

/// Different officers who ask, each of another agency as far as there are so many.
const PEOPLE: usize = 32;
/// Those who see the whole province.
const OF_PROVINCE: usize = 8;
/// Different codes, names and words that are looked for.
const SAMPLES: i64 = 32;
const PASSWORD: &str = "minh-hoa-2026";
const DESK: &str = "/mot-cua/ho-so";

/// A kind of page, with all that is asked for of it.
type Asks = (String, Vec<Ask>);

pub(super) async fn all(inside: &Inside) -> Result<Vec<Asks>> {
    let samples = samples(inside).await?;
    let look_ups = samples.iter().map(|sample| Ask::anybody(&format!("/tra-cuu?ma={}", sample.code))).collect();
    let mut asks = vec![("look-up by code".to_owned(), look_ups)];
    let now = inside.demo.program.app.now();
    for table in ["", "&bang=linh-vuc", "&bang=thu-tuc"] {
        let path = format!("/ket-qua-phuc-vu?ky={}{table}", now.year());
        asks.push((path.clone(), vec![Ask::anybody(&path)]));
    }
    for (who, cookies) in [("", of_all(inside).await?), ("whole province, ", of_province(inside).await?)] {
        let pages = of_officers(inside, &cookies, &samples, now).await?;
        asks.extend(pages.into_iter().map(|(what, pages)| (format!("{who}{what}"), pages)));
    }
    Ok(asks)
}

async fn of_officers(inside: &Inside, cookies: &[String], samples: &[Sample], now: Now) -> Result<Vec<Asks>> {
    let mut asks: Vec<Asks> = Vec::new();
    let mut ask = |what: &str, paths: Vec<String>| asks.push((what.to_owned(), by(cookies, &paths)));
    ask("inbox", vec!["/viec".to_owned()]);
    ask("inbox, due today, or not taken", vec!["/viec?loc=hom-nay".to_owned(), "/viec?loc=chua-nhan".to_owned()]);
    ask("desk list", vec![DESK.to_owned()]);
    for state in State::ALL {
        ask(&format!("desk list, state {}", state.code()), vec![format!("{DESK}?trang-thai={}", state.code())]);
    }
    for narrowed in [
        "han=tre",
        "han=sap-den",
        "cach-nop=counter",
        "cach-nop=post",
        "cach-nop=national",
        "cach-nop=national&trang-thai=5",
    ] {
        ask(&format!("desk list, {narrowed}"), vec![format!("{DESK}?{narrowed}")]);
    }
    let of_procedure = |more: &str| -> Vec<String> {
        samples.iter().map(|of| format!("{DESK}?thu-tuc={}{more}", of.code_of_procedure)).collect()
    };
    ask("desk list, a procedure", of_procedure(""));
    ask("desk list, a procedure, state 5", of_procedure("&trang-thai=5"));
    ask("desk list, a procedure, late", of_procedure("&han=tre"));
    let fields = fields(inside).await?;
    ask("desk list, a field", fields.iter().map(|field| of_field(field, "")).collect::<Result<_>>()?);
    ask("desk list, a field, late", fields.iter().map(|field| of_field(field, "tre")).collect::<Result<_>>()?);
    let half_a_year_ago = Id::new(Now::at(now.utc() - TimeDelta::days(180)));
    ask("desk list, half a year back", vec![format!("{DESK}?sau={half_a_year_ago}")]);
    let found = |words: &dyn Fn(&Sample) -> String| -> Result<Vec<String>> {
        samples.iter().map(|of| search(&words(of))).collect()
    };
    ask("desk list, words of a procedure", found(&|of| of.procedure.clone())?);
    ask("desk list, the same without diacritics", found(&|of| fold(&of.procedure))?);
    ask(
        "desk list, one word of it",
        found(&|of| fold(&of.procedure).split(' ').next().unwrap_or_default().to_owned())?,
    );
    ask("desk list, a name", found(&|of| of.applicant.clone())?);
    ask("desk list, a name without diacritics", found(&|of| fold(&of.applicant))?);
    ask("desk list, end of a code", found(&|of| of.code.rsplit('-').next().unwrap_or_default().to_owned())?);
    ask("desk list, a code", found(&|of| of.code.clone())?);
    ask("desk list, words that nobody wrote", vec![search("không có ở đâu")?]);
    let states = State::ALL.map(|state| state.code().to_string());
    let narrowed = |of: &Sample, state: &String| Ok(format!("{}&trang-thai={state}", search(&fold(&of.procedure))?));
    let narrowed: Result<Vec<String>> =
        samples.iter().zip(states.iter().cycle()).map(|(of, state)| narrowed(of, state)).collect();
    ask("desk list, words and state", narrowed?);
    let year = now.year();
    for group in ["", "&nhom=linh-vuc", "&nhom=thu-tuc", "&nhom=thang"] {
        ask(&format!("/thong-ke?ky={year}{group}"), vec![format!("/thong-ke?ky={year}{group}")]);
    }
    for figure in Behind::ALL {
        let path = format!("/thong-ke/ho-so?ky={year}&so={}", figure.as_str());
        ask(&path, vec![path.clone()]);
    }
    let mut second = Vec::new();
    for cookie in cookies {
        let html = inside.page(&Ask { path: DESK.to_owned(), cookie: cookie.clone() }).await?;
        let path = link(&html, &format!("{DESK}?sau="));
        second.extend(path.map(|path| Ask { path, cookie: cookie.clone() }));
    }
    asks.push(("desk list, page 2".to_owned(), second));
    Ok(asks)
}

/// Everybody asks, and everything is asked for.
fn by(cookies: &[String], paths: &[String]) -> Vec<Ask> {
    let turns = cookies.len().max(paths.len());
    let ask = |(cookie, path): (&String, &String)| Ask { path: path.clone(), cookie: cookie.clone() };
    cookies.iter().cycle().zip(paths.iter().cycle()).take(turns).map(ask).collect()
}

async fn fields(inside: &Inside) -> Result<Vec<String>> {
    let app = &inside.demo.program.app;
    let catalogue = app.ask::<dyn Procedures>().context("nobody knows procedures")?;
    let offered = catalogue.offered(app.now()).await.map_err(told)?;
    let fields: BTreeSet<String> = offered.iter().map(|procedure| procedure.field.clone()).collect();
    Ok(fields.into_iter().collect())
}

fn of_field(field: &str, owed: &str) -> Result<String> {
    Ok(format!("{DESK}?{}", serde_html_form::to_string([("linh-vuc", field), ("han", owed)])?))
}

fn search(words: &str) -> Result<String> {
    Ok(format!("{DESK}?{}", serde_html_form::to_string([("tim", words)])?))
}

async fn of_all(inside: &Inside) -> Result<Vec<String>> {
    signed_in(inside, None, PEOPLE).await
}

async fn of_province(inside: &Inside) -> Result<Vec<String>> {
    let province = Sql::new("SELECT ancestor FROM directory_scopes GROUP BY ancestor ORDER BY count(*) DESC LIMIT 1");
    let province: Option<uuid::Uuid> =
        province.one(inside.demo.program.app.store.read(), |row| row.get(0)).await.map_err(told)?;
    signed_in(inside, Some(province.context("no scopes")?.into()), OF_PROVINCE).await
}

async fn signed_in(inside: &Inside, agency: Option<Id>, most: usize) -> Result<Vec<String>> {
    let mut cookies = Vec::new();
    for login in officers::accounts(&inside.demo.program.app, PASSWORD, agency, most).await? {
        cookies.push(inside.sign_in_as(&login, PASSWORD).await?);
    }
    Ok(cookies)
}

/// Of a dossier that is there, what people look for it by.
struct Sample {
    code: String,
    applicant: String,
    procedure: String,
    code_of_procedure: String,
}

async fn samples(inside: &Inside) -> Result<Vec<Sample>> {
    Sql::composed(format!(
        "SELECT code, applicant_name, procedure_name, procedure_code FROM (SELECT code, applicant_name, procedure_name, procedure_code, \
         row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS all_of_them FROM dossiers) numbered \
         WHERE place % (all_of_them / {SAMPLES}) = 0 ORDER BY place LIMIT {SAMPLES}"
    ))
    .all(inside.demo.program.app.store.read(), |row| {
        Ok(Sample { code: row.get(0)?, applicant: row.get(1)?, procedure: row.get(2)?, code_of_procedure: row.get(3)? })
    })
    .await
    .map_err(told)
}
