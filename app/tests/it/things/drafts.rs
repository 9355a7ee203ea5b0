//! What is filed: procedures that somebody may begin, and drafts, made anew for every call from a dossier of the demo.

use std::sync::Arc;

use base::Id;
use chrono::TimeDelta;
use contracts::questions::{Procedure, Procedures};
use dossiers::actions::{self, NewDossier};
use dossiers::behalf::{Principal, Subject};
use dossiers::dossier::{Channel, Dossier};
use dossiers::paper::Draft;
use dossiers::queries;
use form::Definition;
use serde_json::{Value, json};
use system::{Caller, PositionKind};

use super::dossiers::{all, applicant, file_of, uploaded};
use super::{Owner, Thing};
use crate::province::{Person, Province};

/// A ward whose desk the demo has.
const RECEIVING: &str = "H32.103";

pub(super) async fn find(province: &Province, name: &str) -> Option<Thing> {
    if !matches!(name.split_once('-'), Some(("own" | "counter" | "desk" | "offered" | "procedure", _))) {
        return None;
    }
    let model = Model::find(province, name).await?;
    Some(match name {
        "offered-procedure" => model.offered().await,
        "own-file" => Thing::of(model.applicant.clone()).with_file(file_of(province, &model.dossier).await),
        "own-bundle" | "own-complete-bundle" => model.bundle().await,
        "own-draft-to-agree" => model.waiting_for_consent().await,
        "own-asked-consent" => model.asked().await,
        "own-authorised-draft" => model.authorised().await,
        "own-authorised-dossier" => model.filed_for_another().await,
        "desk-authorised-dossier" => model.authorised_at_desk().await,
        "own-draft" | "own-draft-page" | "own-complete-draft" => model.own().await,
        "procedure-at-counter" => model.at_counter().await,
        "counter-draft" | "counter-complete-draft" => model.counter().await,
        _ => return None,
    })
}

/// A dossier of the demo after which others are made.
struct Model<'a> {
    province: &'a Province,
    dossier: Dossier,
    procedure: Arc<Procedure>,
    applicant: Person,
}

impl<'a> Model<'a> {
    /// Of a procedure that can be filed online and at the counter of a ward, with papers, by somebody known well enough.
    async fn find(province: &'a Province, name: &str) -> Option<Self> {
        let app = province.app();
        let procedures = app.ask::<dyn Procedures>().unwrap();
        for dossier in all(province).await {
            let Some(procedure) = procedures.in_force(&dossier.procedure_code, app.now()).await.unwrap() else {
                continue;
            };
            let at_ward = |kind: &str| kind == "commune-committee";
            let received = procedure.agencies.iter().any(|agency| agency.receives && at_ward(&agency.kind));
            let everywhere =
                ["online", "counter"].iter().all(|wanted| procedure.channels.iter().any(|one| one == wanted));
            let held = queries::papers(app.store.read(), dossier.id).await.unwrap();
            let authorised = procedure.subjects.authorised || !name.contains("authorised");
            // What takes the consent of another is sent in by nobody alone.
            let agreed = procedure.consents.is_empty() != (name.contains("agree") || name.contains("consent"));
            if !received || !everywhere || !authorised || !agreed || held.is_empty() {
                continue;
            }
            let applicant = applicant(province, &dossier).await;
            let known =
                matches!(&applicant.caller, Caller::Citizen(citizen) if citizen.assurance >= procedure.assurance);
            // Only what a person files for themselves needs them to be known; at the counter the card is looked at.
            if known || name.contains("counter") {
                return Some(Self { province, dossier, procedure, applicant });
            }
        }
        None
    }

    fn answers(&self) -> String {
        serde_json::to_string(&self.dossier.answers).unwrap()
    }

    async fn papers(&self) -> String {
        let hash = uploaded(self.province, &self.dossier).await;
        let held = queries::papers(self.province.store().read(), self.dossier.id).await.unwrap();
        let papers = held.iter().map(|paper| json!({ "component": paper.component, "file": hash }));
        serde_json::to_string(&papers.collect::<Vec<_>>()).unwrap()
    }

    async fn offered(self) -> Thing {
        let papers = self.papers().await;
        Thing::of(self.applicant.clone())
            .with("procedure", &self.procedure.code)
            .with("form", Id::new(self.province.app().now()))
            .with("agency", RECEIVING)
            .with("answers", self.answers())
            .with("papers", papers)
            .everyones()
    }

    /// A draft with the answers and papers of the model.
    async fn draft(&self, owner: Id) -> Id {
        self.draft_for(owner, Subject::Person(self.dossier.applicant)).await
    }

    async fn draft_for(&self, owner: Id, subject: Subject) -> Id {
        let (app, now) = (self.province.app(), self.province.app().now());
        let agency =
            directory::queries::agency_by_code(app.store.read(), RECEIVING, now.today()).await.unwrap().unwrap();
        let (id, code, name) = (Id::new(now), &self.procedure.code, &self.procedure.name);
        let draft = actions::begin_draft(app, now, id, owner, subject, code, name).await.unwrap();
        actions::set_agency(app, now, &draft, agency.id).await.unwrap();
        self.fill_in(owner, id).await;
        id
    }

    /// Answers and papers of the model.
    async fn fill_in(&self, owner: Id, id: Id) {
        let (app, now) = (self.province.app(), self.province.app().now());
        let draft = queries::draft_of(app.store.read(), owner, id).await.unwrap();
        actions::save_answers(app, now, &draft, &self.dossier.answers).await.unwrap();
        for paper in queries::papers(app.store.read(), self.dossier.id).await.unwrap() {
            let draft = queries::draft_of(app.store.read(), owner, id).await.unwrap();
            actions::save_paper(app, now, &draft, paper.file).await.unwrap();
        }
    }

    async fn thing(&self, owner: Person, draft: Id) -> Thing {
        let form = Definition::parse(&self.procedure.form_schema, &self.procedure.form_ui).unwrap();
        Thing::of(owner)
            .with("draft", draft)
            .with("page", &form.pages()[0].name)
            .with("answers", self.answers())
            .with("agency", RECEIVING)
            .with("component", &self.procedure.files().next().expect("a paper to hand in").code)
            .with_file(file_of(self.province, &self.dossier).await)
    }

    async fn own(self) -> Thing {
        let owner = self.applicant.clone();
        let draft = self.draft(self.dossier.applicant).await;
        let mut others = self.province.citizens().await;
        others.retain(|one| one.login != owner.login);
        self.thing(owner, draft).await.hidden_from(others.into_iter().take(1))
    }

    /// The same procedure, filled in as the only one of a bundle.
    async fn bundle(self) -> Thing {
        let (app, now) = (self.province.app(), self.province.app().now());
        let agency =
            directory::queries::agency_by_code(app.store.read(), RECEIVING, now.today()).await.unwrap().unwrap();
        let (owner, id) = (self.applicant.clone(), Id::new(now));
        let wanted = [(self.procedure.clone(), agency.id)];
        actions::begin_bundle(app, now, id, self.dossier.applicant, &wanted).await.unwrap();
        let drafts = queries::drafts(app.store.read(), self.dossier.applicant).await.unwrap();
        for draft in drafts.iter().filter(|draft| draft.bundle == Some(id)) {
            self.fill_in(draft.owner, draft.id).await;
        }
        let mut others = self.province.citizens().await;
        others.retain(|one| one.login != owner.login);
        Thing::of(owner).with("bundle", id).hidden_from(others.into_iter().take(1))
    }

    /// Two people of the demo beside the one whose dossier it is.
    async fn others(&self) -> [Person; 2] {
        let mut others = self.province.citizens().await;
        others.retain(
            |one| !matches!(&self.applicant.caller, Caller::Citizen(own) if Some(own.person) == one.caller.person()),
        );
        others.truncate(2);
        others.try_into().unwrap_or_else(|_| panic!("the demo has three people"))
    }

    /// A draft for somebody who authorised its owner.
    async fn authorised(self) -> Thing {
        let draft = self.draft_for(self.dossier.applicant, Subject::Authoriser).await;
        let [principal, other] = self.others().await;
        Thing::of(self.applicant.clone())
            .with("draft", draft)
            .with("number", &principal.login)
            .with("name", &principal.caller.citizen().unwrap().name)
            .with("until", self.province.app().now().today() + TimeDelta::days(30))
            .hidden_from([other])
    }

    /// The same, sent.
    async fn sent(&self, principal: &Person) -> Dossier {
        let (app, now) = (self.province.app(), self.province.app().now());
        let draft = self.draft_for(self.dossier.applicant, Subject::Authoriser).await;
        let draft = queries::draft_of(app.store.read(), self.dossier.applicant, draft).await.unwrap();
        let person = principal.caller.person().unwrap();
        let person = directory::queries::person(app.store.read(), person).await.unwrap().unwrap();
        let said = Principal {
            name: person.name,
            number: person.personal_number.unwrap(),
            birth_date: person.birth_date.unwrap(),
            until: now.today() + TimeDelta::days(30),
        };
        actions::save_principal(app, now, &draft, &said).await.unwrap();
        let agency = draft.agency.unwrap();
        let new = NewDossier {
            form_id: draft.id,
            procedure: draft.procedure_code,
            applicant: draft.applicant,
            applicant_name: said.name,
            agency,
            receiving: agency,
            channel: Channel::Online,
            answers: draft.answers,
            papers: draft.papers,
            draft: Some(draft.id),
        };
        actions::file(app, now, &self.applicant.caller, new).await.unwrap()
    }

    async fn filed_for_another(self) -> Thing {
        let [principal, other] = self.others().await;
        let dossier = self.sent(&principal).await;
        Thing::of(principal).with("code", dossier.code).hidden_from([other])
    }

    async fn authorised_at_desk(self) -> Thing {
        let [principal, _] = self.others().await;
        let dossier = self.sent(&principal).await;
        let elsewhere = self.desks(false).await.into_iter().filter(|one| !one.login.contains("h32.10"));
        Thing::of(self.desks(true).await.swap_remove(0)).with("code", dossier.code).hidden_from(elsewhere.take(1))
    }

    /// A draft that waits for nothing but the consent of another.
    async fn drawn(&self, other: &Person) -> Draft {
        let (app, now, owner) = (self.province.app(), self.province.app().now(), self.dossier.applicant);
        let draft = self.draft(owner).await;
        let draft = queries::draft_of(app.store.read(), owner, draft).await.unwrap();
        let mut answers = Value::Object(draft.answers.clone());
        let people = [&self.applicant.login, &other.login];
        // Of two parties the first files; one who stands alone is the other.
        for (path, login) in self.procedure.consents[0].numbers.iter().rev().zip(people.into_iter().rev()) {
            *answers.pointer_mut(&format!("/{}", path.replace('.', "/"))).unwrap() = login.as_str().into();
        }
        actions::save_answers(app, now, &draft, answers.as_object().unwrap()).await.unwrap();
        queries::draft_of(app.store.read(), owner, draft.id).await.unwrap()
    }

    async fn waiting_for_consent(self) -> Thing {
        let [other, stranger] = self.others().await;
        let draft = self.drawn(&other).await;
        let role = &self.procedure.consents[0].role;
        Thing::of(self.applicant.clone()).with("draft", draft.id).with("role", role).hidden_from([stranger])
    }

    async fn asked(self) -> Thing {
        let (app, now) = (self.province.app(), self.province.app().now());
        let [other, stranger] = self.others().await;
        let draft = self.drawn(&other).await;
        let role = &self.procedure.consents[0].role;
        let consent = actions::ask_consent(app, now, &self.applicant.caller, &draft, role).await.unwrap();
        Thing::of(other).with("consent", consent).hidden_from([stranger])
    }

    /// The desk of the ward, and one of another agency.
    async fn desks(&self, of_ward: bool) -> Vec<Person> {
        let (app, now) = (self.province.app(), self.province.app().now());
        let ward = directory::queries::agency_by_code(app.store.read(), RECEIVING, now.today()).await.unwrap().unwrap();
        let officers = self.province.officers().await.into_iter();
        let desk = |one: &Person| one.officer().is_some_and(|one| one.kind == PositionKind::Reception);
        let there = |one: &Person| one.officer().is_some_and(|one| (one.agency == ward.id) == of_ward);
        officers.filter(|one| desk(one) && there(one)).collect()
    }

    async fn at_counter(self) -> Thing {
        let applicant = &self.applicant.login;
        // Departments do not receive what wards do.
        let elsewhere = self.desks(false).await.into_iter().filter(|one| !one.login.contains("h32.10"));
        Thing::of(Owner::from(self.desks(true).await.swap_remove(0)))
            .with("procedure", &self.procedure.code)
            .with("number", applicant)
            .hidden_from(elsewhere.take(1))
    }

    async fn counter(self) -> Thing {
        let desk = self.desks(true).await.swap_remove(0);
        let draft = self.draft(desk.caller.person().unwrap()).await;
        let elsewhere = self.desks(false).await;
        self.thing(desk, draft).await.hidden_from(elsewhere.into_iter().take(1))
    }
}
