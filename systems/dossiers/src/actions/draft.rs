//! Drafts: saved at each step, taken up again on any device of the same account.

use base::{Error, Id, Now, Result};
use form::Values;
use store::Sql;
use system::App;

use super::bundle;
use crate::behalf::{Behalf, Subject};
use crate::paper::{Draft, HandedIn, Reused};
use crate::queries;

/// Files of one draft.
const MOST: usize = 60;

/// Begins a draft. `id` comes from the page, so that a button pressed twice begins one.
pub async fn begin_draft(
    app: &App,
    now: Now,
    id: Id,
    owner: Id,
    subject: Subject,
    code: &str,
    name: &str,
) -> Result<Draft> {
    let applicant = match subject {
        Subject::Person(applicant) | Subject::Organisation(applicant) => applicant,
        Subject::Authoriser => id,
    };
    let draft = Draft {
        id,
        owner,
        applicant,
        procedure_code: code.to_owned(),
        procedure_name: name.to_owned(),
        agency: None,
        answers: Values::new(),
        papers: Vec::new(),
        reused: Vec::new(),
        saved_at: now.utc(),
        bundle: None,
        behalf: subject.behalf(),
        principal: None,
    };
    app.store
        .write(async |tx| {
            Sql::new(
                "INSERT INTO dossiers_drafts (id, owner_id, applicant_id, procedure_code, procedure_name, answers, papers, \
                 started_at, saved_at, behalf) VALUES ($1, $2, $3, $4, $5, '{}', '[]', $6, $6, $7) ON CONFLICT (id) DO NOTHING",
            )
            .bind(draft.id.uuid())
            .bind(owner.uuid())
            .bind(applicant.uuid())
            .bind(code)
            .bind(name)
            .bind(now.utc())
            .bind(draft.behalf.map(Behalf::as_str))
            .run(tx)
            .await
        })
        .await?;
    queries::draft_of(app.store.read(), owner, id).await
}

/// Keeps the answers of one page; whatever is wrong with them is kept too.
pub async fn save_answers(app: &App, now: Now, draft: &Draft, answers: &Values) -> Result<()> {
    let kept = Sql::new("UPDATE dossiers_drafts SET answers = $2, saved_at = $3 WHERE id = $1")
        .bind(draft.id.uuid())
        .bind(serde_json::to_string(answers)?)
        .bind(now.utc());
    change(app, kept).await
}

/// Says which agency it goes to.
pub async fn set_agency(app: &App, now: Now, draft: &Draft, agency: Id) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new("UPDATE dossiers_drafts SET agency_id = $2, saved_at = $3 WHERE id = $1")
                .bind(draft.id.uuid())
                .bind(agency.uuid())
                .bind(now.utc())
                .run(tx)
                .await?;
            Ok(())
        })
        .await
}

/// Adds a file; several may stand for one component.
pub async fn save_paper(app: &App, now: Now, draft: &Draft, paper: HandedIn) -> Result<()> {
    add(app, now, draft, paper, None).await
}

/// Adds a file of what is already held, which nobody hands in again; `from` is the result or the paper that it is.
pub async fn reuse_paper(app: &App, now: Now, draft: &Draft, paper: HandedIn, from: Id) -> Result<()> {
    add(app, now, draft, paper, Some(from)).await
}

async fn add(app: &App, now: Now, draft: &Draft, paper: HandedIn, from: Option<Id>) -> Result<()> {
    if draft.papers.len() >= MOST {
        return Err(Error::invalid("paper", "dossiers-too-many-papers"));
    }
    let mut kept = vec![with(now, draft, paper.clone(), from)?];
    for (other, component) in bundle::asking_for_the_same(app, now, draft, &paper.component).await? {
        if other.papers.len() < MOST {
            kept.push(with(now, &other, HandedIn { component, ..paper.clone() }, from)?);
        }
    }
    change_all(app, kept).await
}

fn with(now: Now, draft: &Draft, paper: HandedIn, from: Option<Id>) -> Result<Sql> {
    let (mut papers, mut reused) = without(draft, &paper.component, &paper.hash);
    reused.extend(from.map(|from| Reused { component: paper.component.clone(), hash: paper.hash.clone(), from }));
    papers.push(paper);
    kept_papers(now, draft, &papers, &reused)
}

/// Takes a file out again.
pub async fn take_paper_out(app: &App, now: Now, draft: &Draft, component: &str, hash: &str) -> Result<()> {
    let mut kept = Vec::new();
    let others = bundle::asking_for_the_same(app, now, draft, component).await?;
    let own = [(draft.clone(), component.to_owned())];
    for (draft, component) in own.into_iter().chain(others) {
        let (papers, reused) = without(&draft, &component, hash);
        kept.push(kept_papers(now, &draft, &papers, &reused)?);
    }
    change_all(app, kept).await
}

fn without(draft: &Draft, component: &str, hash: &str) -> (Vec<HandedIn>, Vec<Reused>) {
    let (mut papers, mut reused) = (draft.papers.clone(), draft.reused.clone());
    papers.retain(|known| (known.component.as_str(), known.hash.as_str()) != (component, hash));
    reused.retain(|known| (known.component.as_str(), known.hash.as_str()) != (component, hash));
    (papers, reused)
}

/// Throws a draft away.
pub async fn drop_draft(app: &App, draft: &Draft) -> Result<()> {
    app.store
        .write(async |tx| {
            Sql::new("DELETE FROM dossiers_consents WHERE draft_id = $1").bind(draft.id.uuid()).run(tx).await?;
            Sql::new("DELETE FROM dossiers_drafts WHERE id = $1").bind(draft.id.uuid()).run(tx).await?;
            Ok(())
        })
        .await
}

fn kept_papers(now: Now, draft: &Draft, papers: &[HandedIn], reused: &[Reused]) -> Result<Sql> {
    Ok(Sql::new("UPDATE dossiers_drafts SET papers = $2, reused = $3, saved_at = $4 WHERE id = $1")
        .bind(draft.id.uuid())
        .bind(serde_json::to_string(papers)?)
        .bind(serde_json::to_string(reused)?)
        .bind(now.utc()))
}

async fn change(app: &App, update: Sql) -> Result<()> {
    change_all(app, vec![update]).await
}

/// # Errors
/// [`Error::NotFound`] when a draft was sent or thrown away meanwhile.
async fn change_all(app: &App, updates: Vec<Sql>) -> Result<()> {
    app.store
        .write(async |tx| {
            for update in updates {
                if update.run(tx).await? != 1 {
                    return Err(Error::NotFound);
                }
            }
            Ok(())
        })
        .await
}
