//! Page by page an officer gets everything of the scope once, newest first, however it lies across agencies.

use base::Id;
use form::Values;
use system::{Caller, Officer, PositionKind};

use crate::actions::{self, Decision, NewDossier};
use crate::dossier::{Channel, State};
use crate::found;
use crate::pages::fixture::Fixture;
use crate::queries::{self, Filter};

const SIZE: usize = 2;

/// Files one dossier, and lets other agencies take part in it.
async fn filed(f: &Fixture, agency: Id, others: &[Id]) -> String {
    let Caller::Officer(desk) = f.officer(PositionKind::Reception) else { unreachable!("an officer") };
    let new = NewDossier {
        form_id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        applicant: desk.person,
        applicant_name: "Trần Thị Demo".to_owned(),
        agency,
        receiving: agency,
        channel: Channel::Counter,
        answers: Values::new(),
        papers: Vec::new(),
        draft: None,
    };
    let dossier = actions::file(&f.app, f.app.now(), &Caller::Officer(desk), new).await.unwrap();
    f.app
        .store
        .write(async |tx| {
            for other in others {
                store::Sql::new("INSERT INTO dossiers_agencies (agency_id, dossier_id) VALUES ($1, $2)")
                    .bind(other.uuid())
                    .bind(dossier.id.uuid())
                    .run(tx)
                    .await?;
            }
            found::index(tx, f.app.store.kind(), dossier.id).await
        })
        .await
        .unwrap();
    dossier.code
}

/// All pages of a list, one after another.
async fn paged(f: &Fixture, officer: &Officer, filter: &Filter) -> Vec<String> {
    let (mut codes, mut before) = (Vec::new(), None);
    loop {
        let (read, kind) = (f.app.store.read(), f.app.store.kind());
        let page = queries::for_desk(read, kind, officer, filter, before, SIZE).await.unwrap();
        assert!(page.rows.len() <= SIZE);
        codes.extend(page.rows.into_iter().map(|dossier| dossier.code));
        match page.next {
            Some(next) => before = Some(next.parse().unwrap()),
            None => return codes,
        }
    }
}

#[store::test]
async fn every_dossier_of_the_scope_comes_once_and_in_order(f: Fixture) {
    let read = f.app.store.read();
    let communes = directory::queries::agencies_of_kind(read, "commune-committee", f.app.now().today()).await.unwrap();
    let (near, far, third) = (communes[0].id, communes[1].id, communes[2].id);
    let province = directory::queries::parent(read, near).await.unwrap().unwrap();
    let mut all = Vec::new();
    for (number, (agency, others)) in
        [(near, vec![]), (far, vec![near]), (near, vec![far, third]), (far, vec![]), (near, vec![]), (near, vec![])]
            .into_iter()
            .enumerate()
    {
        f.on(&format!("2026-11-20T09:0{number}:00+07:00"));
        all.push((filed(&f, agency, &others).await, agency, others));
    }
    all.reverse();
    let codes = |of: &dyn Fn(Id, &[Id]) -> bool| -> Vec<String> {
        all.iter().filter(|(_, agency, others)| of(*agency, others)).map(|(code, ..)| code.clone()).collect()
    };
    let Caller::Officer(officer) = f.officer(PositionKind::Reception) else { unreachable!("an officer") };
    let at = |agency| Officer { agency, ..officer.clone() };
    let everything = Filter::default();
    assert_eq!(paged(&f, &at(province.id), &everything).await, codes(&|_, _| true));
    assert_eq!(paged(&f, &at(far), &everything).await, codes(&|agency, others| agency == far || others.contains(&far)));
    assert_eq!(paged(&f, &at(communes[3].id), &everything).await, Vec::<String>::new());
    let submitted = Filter { state: Some(State::Submitted), ..Filter::default() };
    assert_eq!(paged(&f, &at(province.id), &submitted).await, codes(&|_, _| true));
    let named = Filter { words: "tran thi demo".to_owned(), ..Filter::default() };
    for words in [named.clone(), Filter { state: Some(State::Submitted), ..named.clone() }] {
        assert_eq!(paged(&f, &at(province.id), &words).await, codes(&|_, _| true));
        let seen = |agency, others: &[Id]| agency == far || others.contains(&far);
        assert_eq!(paged(&f, &at(far), &words).await, codes(&seen));
        assert_eq!(paged(&f, &at(communes[3].id), &words).await, Vec::<String>::new());
    }
    let unknown = Filter { words: "tran thi khac".to_owned(), ..Filter::default() };
    assert_eq!(paged(&f, &at(province.id), &unknown).await, Vec::<String>::new());

    let (first, ..) = all.last().unwrap();
    let dossier = queries::by_code(f.app.store.read(), first).await.unwrap().unwrap();
    let accept = Decision::Go { outcome: "accept".to_owned(), note: String::new() };
    f.decide(&f.officer(PositionKind::Reception), dossier.id, accept).await;
    let state = queries::by_code(f.app.store.read(), first).await.unwrap().unwrap().state;
    assert_ne!(state, State::Submitted);
    let accepted = Filter { state: Some(state), ..named };
    assert_eq!(paged(&f, &at(province.id), &accepted).await, [first.clone()], "it is found in the state it is in now");
}
