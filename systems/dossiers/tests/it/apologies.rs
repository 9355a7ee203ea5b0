//! What was promised and is not kept.

use base::{Error, PositionKind};
use chrono::{Days, NaiveDate, TimeDelta};
use dossiers::access::SIGN;
use dossiers::actions;
use dossiers::apology::NewApology;
use dossiers::dossier::Dossier;
use dossiers::queries;
use dossiers::slip::SlipKind;
use store::Sql;
use system::Caller;

use crate::acts::submit;
use crate::picture::Picture;
use crate::province::Province;
use crate::reorganised::progress;

fn said(day: Option<NaiveDate>, reason: &str) -> NewApology {
    NewApology { reason: reason.to_owned(), on: day }
}

/// The first Wednesday a fortnight after the promised day.
fn wednesday(dossier: &Dossier) -> NaiveDate {
    let day = base::local(dossier.promised_at.unwrap()).date_naive() + Days::new(14);
    day.week(chrono::Weekday::Wed).first_day()
}

async fn promised(province: &Province) -> Dossier {
    let dossier = submit(province, 0).await.unwrap();
    progress(province, dossier.id, 1).await;
    Picture::take(&province.app.store, dossier.id).await.dossier
}

async fn apologise(province: &Province, caller: &Caller, dossier: &Dossier, new: &NewApology) -> base::Result<Dossier> {
    actions::apologise(&province.app, province.app.now(), caller, dossier.id, new).await
}

#[store::test]
async fn a_new_date_is_given_once_with_a_slip_and_the_first_promise_stays(province: Province) {
    let dossier = promised(&province).await;
    let leader = province.officer(dossier.agency, PositionKind::Leader, None, 0);
    let day = wednesday(&dossier);
    let fields = |error: Error| match error {
        Error::Invalid(errors) => errors.into_keys().collect::<Vec<_>>(),
        other => panic!("{other}"),
    };
    for (new, wrong) in [
        (said(None, " "), vec!["again-on", "apology-reason"]),
        (said(Some(day + Days::new(4)), "Chờ ý kiến"), vec!["again-on"]),
        (said(Some(province.app.now().today()), "Chờ ý kiến"), vec!["again-on"]),
        (said(Some(day), &"x".repeat(1001)), vec!["apology-reason"]),
    ] {
        assert_eq!(fields(apologise(&province, &leader, &dossier, &new).await.unwrap_err()), wrong, "{new:?}");
    }
    let new = said(Some(day), " Chờ ý kiến của cơ quan khác ");
    let reception = province.officer(dossier.agency, PositionKind::Reception, None, 0);
    let elsewhere = province.officer(province.insurance.id, PositionKind::Leader, None, 0);
    for caller in [&reception, &elsewhere] {
        let refused = apologise(&province, caller, &dossier, &new).await;
        assert!(matches!(refused, Err(Error::Forbidden(SIGN))));
    }
    apologise(&province, &leader, &dossier, &new).await.unwrap();

    let after = Picture::take(&province.app.store, dossier.id).await;
    assert_eq!(after.dossier.promised_at, dossier.promised_at);
    assert_eq!(after.faults(), Vec::<String>::new());
    let kept = queries::apology(province.app.store.read(), dossier.id).await.unwrap().unwrap();
    assert_eq!(kept.reason, "Chờ ý kiến của cơ quan khác");
    assert_eq!(base::local(kept.again_at).date_naive(), day);
    let slips = queries::slips(province.app.store.read(), dossier.id).await.unwrap();
    let slip = slips.iter().find(|slip| slip.kind == SlipKind::Apology).unwrap();
    assert_eq!(slip.promised_at, Some(kept.again_at));
    let told: Option<i64> =
        Sql::new("SELECT count(*) FROM notify_messages WHERE person_id = $1 AND text = 'dossiers-message-apologised'")
            .bind(dossier.applicant.uuid())
            .one(province.app.store.read(), |row| row.get(0))
            .await
            .unwrap();
    assert_eq!(told, Some(1));
    let again = apologise(&province, &leader, &dossier, &said(Some(day + Days::new(7)), "Lần nữa")).await;
    assert!(matches!(again, Err(Error::Conflict("dossiers-apology-said"))));
}

#[store::test]
async fn nothing_is_owed_before_it_is_promised_and_after_it_is_there(province: Province) {
    let dossier = submit(&province, 0).await.unwrap();
    let leader = province.officer(dossier.agency, PositionKind::Leader, None, 0);
    let new = said(Some(province.app.now().today() + TimeDelta::days(60)), "Chờ ý kiến");
    assert!(matches!(apologise(&province, &leader, &dossier, &new).await, Err(Error::Conflict(_))));
    progress(&province, dossier.id, 12).await;
    let after = Picture::take(&province.app.store, dossier.id).await.dossier;
    assert!(after.finished_at.is_some(), "{after:?}");
    assert!(matches!(apologise(&province, &leader, &after, &new).await, Err(Error::Conflict(_))));
}
