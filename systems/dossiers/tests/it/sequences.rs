//! No sequence of actions leaves the ten states and what follows from them, and no code or number is lost on the way.

use base::{Error, Id, Now};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use crate::acts::{Act, Came, SEND_BACK, Trial, pass, sequences, submit};
use crate::picture::{Picture, gaps};
use crate::province::{MOMENT, Province};

/// Sequences tried in an ordinary run; `PROPTEST_CASES` says otherwise for a long one.
const CASES: u32 = 48;

/// Does the acts one by one; the first thing that does not hold ends it, told with what was done until then.
async fn play(province: &Province, acts: &[(u8, Act)]) -> Result<(), String> {
    province.clock.set(Now::parse(MOMENT));
    let known = gaps(&province.app.store).await;
    let (mut filed, mut done) = (Vec::new(), Vec::new());
    for (whose, act) in acts.iter().flat_map(|(whose, act)| act.pieces().into_iter().map(|piece| (*whose, piece))) {
        let before = pictures(province, &filed).await;
        let seen = before.get(usize::from(whose) % before.len().max(1));
        let trial = seen.map(|seen| Trial { province, seen });
        let act = trial.as_ref().map_or(act, |trial| trial.resolve(act));
        let came = match (act, trial) {
            (Act::Submit(pick), _) => submit(province, pick).await.map(|dossier| filed.push(dossier.id)).into(),
            (act, _) if act.is_the_worlds() => pass(province, act).await.into(),
            (act, Some(trial)) => trial.perform(act).await,
            (_, None) => Came::Nothing,
        };
        done.extend(came.is_done().then(|| format!("{whose}: {act:?}")));
        let after = pictures(province, &filed).await;
        let told =
            |what: String| Err(format!("{what}\nafter {act:?} of {whose}: {came:?}\nall that was done: {done:?}"));
        match &came {
            Came::Done if act.is_forbidden() => return told("it was not refused".to_owned()),
            Came::Refused(Error::Inside(error)) => return told(format!("no clean refusal: {error:#}")),
            Came::Refused(_) | Came::Nothing if before != after => return told("it left something behind".to_owned()),
            _ => {}
        }
        if let Some(fault) = after.iter().flat_map(Picture::faults).next() {
            return told(fault);
        }
        if let Some(gap) = gaps(&province.app.store).await.difference(&known).next() {
            return told(format!("skipped or doubled: {gap}"));
        }
    }
    Ok(())
}

async fn pictures(province: &Province, dossiers: &[Id]) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for dossier in dossiers {
        pictures.push(Picture::take(&province.app.store, *dossier).await);
    }
    pictures
}

/// Sequences in which something did not hold once: what it was, and the acts.
const FOUND: [(&str, &[(u8, Act)]); 6] = [
    ("finished while a sub-case is open", &[(0, Act::Submit(0)), (0, Act::Progress(4))]),
    (
        "a withdrawal agreed to that nobody asked for",
        &[(0, Act::Submit(0)), (0, Act::Progress(1)), (0, Act::Settle(true))],
    ),
    (
        "a withdrawal refused that nobody asked for, while the applicant is asked",
        &[(0, Act::Submit(0)), (0, Act::Progress(1)), (0, Act::Ask(0)), (0, Act::Settle(false))],
    ),
    (
        "its clock stands still for ever after a withdrawal while a payment was due",
        &[
            (0, Act::Submit(0)),
            (0, Act::Progress(1)),
            (0, Act::Payment(false)),
            (0, Act::Withdraw),
            (0, Act::Settle(false)),
        ],
    ),
    (
        "sent back to the desk it cannot be accepted again",
        &[(0, Act::Submit(2)), (0, Act::Progress(1)), (0, Act::Say(0, SEND_BACK)), (0, Act::Progress(1))],
    ),
    (
        "the paper of a sub-case goes on behind a withdrawal",
        &[(0, Act::Submit(0)), (0, Act::Progress(6)), (0, Act::Withdraw), (0, Act::Settle(true))],
    ),
];

#[store::test]
async fn what_was_found_stays_mended(province: Province) {
    let mut broken = Vec::new();
    for (what, acts) in FOUND {
        if let Err(fault) = play(&province, acts).await {
            broken.push(format!("{what}: {fault}"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[store::test]
async fn no_sequence_of_actions_leaves_the_states_or_loses_a_number(province: Province) {
    let cases = std::env::var_os("PROPTEST_CASES").map_or(CASES, |_| Config::default().cases);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&sequences(), |acts| {
        let played = block_in_place(|| Handle::current().block_on(play(&province, &acts)));
        played.map_err(TestCaseError::fail)
    });
    if let Err(TestError::Fail(what, acts)) = outcome {
        panic!("{what}\nfrom: {acts:?}");
    }
    assert!(outcome.is_ok(), "{outcome:?}");
}
