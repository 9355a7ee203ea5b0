//! Page by page an officer gets everything of the scope once, newest first, however it lies across agencies.

use base::Id;
use chrono::Days;
use contracts::crossing::{DossierFiling as _, FiledElsewhere};
use form::Values;
use system::{Caller, Officer, PositionKind};

use crate::access::SHARED;
use crate::actions::{self, Decision, NewDossier};
use crate::dossier::{Channel, Entrance, State};
use crate::found;
use crate::pages::fixture::{DESK, Fixture};
use crate::paper::Mark;
use crate::queries::{self, Filter, Owed};

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
                SHARED.join(tx, *other, dossier.id).await?;
            }
            found::index(tx, f.app.store.kind(), dossier.id).await
        })
        .await
        .unwrap();
    dossier.code
}

/// All pages of a list, one after another.
async fn paged(f: &Fixture, officer: &Officer, filter: &Filter) -> Vec<String> {
    let (mut codes, mut after) = (Vec::new(), String::new());
    loop {
        let (read, kind) = (f.app.store.read(), f.app.store.kind());
        let page = queries::for_desk(read, kind, officer, filter, &after, SIZE).await.unwrap();
        assert!(page.rows.len() <= SIZE);
        codes.extend(page.rows.into_iter().map(|dossier| dossier.code));
        match page.next {
            Some(next) => after = next,
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
    assert_eq!(
        paged(&f, &at(province.id), &accepted).await,
        std::slice::from_ref(first),
        "it is found in the state it is in now"
    );
}

/// Files one at the counter, which is taken in: it is promised for a day three weeks later.
async fn received(f: &Fixture) -> Id {
    let desk = f.officer(PositionKind::Reception);
    let code = filed(f, f.agency.id, &[]).await;
    let dossier = queries::by_code(f.app.store.read(), &code).await.unwrap().unwrap();
    f.decide(&desk, dossier.id, Decision::Go { outcome: "accept".to_owned(), note: String::new() }).await;
    dossier.id
}

async fn code_of(f: &Fixture, dossier: Id) -> String {
    queries::by_id(f.app.store.read(), dossier).await.unwrap().unwrap().code
}

#[store::test]
async fn what_is_late_or_due_soon_comes_by_its_date_page_by_page(f: Fixture) {
    let Caller::Officer(officer) = f.officer(PositionKind::Reception) else { unreachable!("an officer") };
    let mut owed = Vec::new();
    for day in ["2026-10-05", "2026-10-01", "2026-10-02", "2026-11-17", "2026-11-06"] {
        f.on(&format!("{day}T09:00:00+07:00"));
        owed.push(received(&f).await);
    }
    f.on("2026-11-20T09:00:00+07:00");
    let waiting = filed(&f, f.agency.id, &[]).await;
    let now = f.app.now().utc();
    let within = |from, until| Filter { owed: Some(Owed { from, until }), ..Filter::default() };
    let late = paged(&f, &officer, &within(None, now)).await;
    let by_date = [code_of(&f, owed[1]).await, code_of(&f, owed[2]).await, code_of(&f, owed[0]).await];
    assert_eq!(late, by_date);
    let soon = paged(&f, &officer, &within(Some(now), now + Days::new(12))).await;
    assert_eq!(soon, [code_of(&f, owed[4]).await]);
    // What waits for the applicant is not owed, and what is finished is late no more.
    let specialist = f.officer(PositionKind::Specialist);
    f.decide(&specialist, owed[1], Decision::Go { outcome: "propose".to_owned(), note: String::new() }).await;
    let ask = Decision::Supplement {
        reason: "Thiếu bản vẽ".to_owned(),
        marks: vec![Mark::Component { code: "ban-ve".to_owned(), note: "Thiếu chữ ký".to_owned() }],
    };
    f.decide(&specialist, owed[2], ask).await;
    assert_eq!(paged(&f, &officer, &within(None, now)).await, [by_date[0].clone(), by_date[2].clone()]);
    let both = Filter { words: by_date[2].clone(), ..within(None, now) };
    assert_eq!(paged(&f, &officer, &both).await, [by_date[2].clone()]);
    assert!(!late.contains(&waiting));
}

#[store::test]
async fn filters_meet_and_an_empty_list_says_which_to_drop(f: Fixture) {
    let Caller::Officer(officer) = f.officer(PositionKind::Reception) else { unreachable!("an officer") };
    let counter = filed(&f, f.agency.id, &[]).await;
    let arrived = FiledElsewhere {
        id: Id::new(f.app.now()),
        procedure: "9.000001".to_owned(),
        agency: f.agency.id,
        applicant: officer.person,
        applicant_name: "Trần Thị Demo".to_owned(),
        papers: Vec::new(),
    };
    let national = actions::Filing(f.app.clone()).file(f.app.now(), arrived).await.unwrap().code;
    let of = |entrance, procedure: Option<&[&str]>| Filter {
        entrance,
        procedures: procedure.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect()),
        ..Filter::default()
    };
    for (filter, codes) in [
        (of(Some(Entrance::Counter), None), vec![&counter]),
        (of(Some(Entrance::National), Some(&["9.000001"])), vec![&national]),
        (of(Some(Entrance::Online), None), vec![]),
        (of(None, Some(&["9.000001", "9.000009"])), vec![&national, &counter]),
        (of(None, Some(&["9.000009"])), vec![]),
        (of(None, Some(&[])), vec![]),
    ] {
        let found = paged(&f, &officer, &filter).await;
        assert_eq!(found.iter().collect::<Vec<_>>(), codes, "{filter:?}");
    }
    let page = f.get(DESK, "/mot-cua/ho-so?linh-vuc=V%C3%AD+d%E1%BB%A5&cach-nop=national&trang-thai=1").await.page();
    assert!(page.contains(&national) && !page.contains(&counter), "{page}");
    let page = f.get(DESK, "/mot-cua/ho-so?thu-tuc=9.000001&cach-nop=post&han=tre").await.page();
    for (without, text) in [
        ("/mot-cua/ho-so?han=tre&#38;cach-nop=post", "Thủ tục: Cấp phép mẫu"),
        ("/mot-cua/ho-so?han=tre&#38;thu-tuc=9.000001", "Cách nộp: Qua bưu chính công ích"),
        ("/mot-cua/ho-so?thu-tuc=9.000001&#38;cach-nop=post", "Hẹn trả: Đã trễ hạn"),
    ] {
        assert!(page.contains(&format!("<a href=\"{without}\">Bỏ {text}</a>")), "{text}: {page}");
    }
}
