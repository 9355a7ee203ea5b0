//! Whose key signs, on both databases.

use std::{os::unix::fs::PermissionsExt, path::Path};

use base::{Error, Id, Now};
use journal::Actor;
use sign::{
    Finding, Holder, KeyFault, Keyring, Layer, NotReady, Refusal, Verdict, actions,
    demo::{self, DemoHolder},
    queries,
};

use crate::support::{self, Province};

const NO_MARK: &[Layer<'static>] = &[];

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

fn demo_holder(holder: Holder, name: &str) -> DemoHolder {
    DemoHolder { holder, name: name.to_owned(), organisation: "UBND xã Ví Dụ".to_owned() }
}

#[store::test]
async fn demo_people_sign_and_the_province_believes_them(f: Province) {
    let (person, agency) = (Holder::Person(Id::new(f.now)), Holder::Agency(Id::new(f.now)));
    let holders = [demo_holder(person, "Trần Thị Demo"), demo_holder(agency, "UBND xã Ví Dụ")];
    f.keyring.enrol_demo(&f.store, f.now, &holders).await.unwrap();

    let signer = f.keyring.signer(f.store.read(), person, f.now).await.unwrap();
    let paper = support::prepared().sign_personal(signer.as_ref(), NO_MARK, f.now.utc()).unwrap();
    let check = f.keyring.check(f.store.read(), paper.into_bytes(), f.now).await.unwrap();
    assert_eq!(check.verdict, Verdict::Valid, "{check:#?}");
    let certificate = check.signatures[0].report.certificate.as_ref().unwrap();
    assert_eq!(certificate.subject, "MẪU - Trần Thị Demo");
    let seal = f.keyring.signer(f.store.read(), agency, f.now).await.unwrap();
    assert_ne!(seal.chain()[0], signer.chain()[0]);

    let entries = journal::sequence(&f.store, f.now).await.unwrap();
    assert_eq!(entries, 2, "each certificate is written down");
}

#[store::test]
async fn a_second_demo_authority_leaves_the_first_one_trusted(f: Province) {
    let first = Holder::Person(Id::new(f.now));
    f.keyring.enrol_demo(&f.store, f.now, &[demo_holder(first, "Trần Thị Demo")]).await.unwrap();
    let second = Holder::Person(Id::new(f.now));
    f.keyring.enrol_demo(&f.store, f.now, &[demo_holder(second, "Nguyễn Văn Mẫu")]).await.unwrap();
    for holder in [first, second] {
        assert!(f.keyring.signer(f.store.read(), holder, f.now).await.is_ok());
    }
}

#[store::test]
async fn keys_lie_where_only_the_program_reads(f: Province) {
    let holder = Holder::Person(Id::new(f.now));
    f.enrol(holder).await;
    let keys = f.data.join("keys");
    assert_eq!(mode(&keys), 0o700);
    let files: Vec<_> =
        std::fs::read_dir(&keys).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    assert_eq!(mode(file), 0o600);
    assert!(std::fs::read_to_string(file).unwrap().contains("PRIVATE KEY"));
    let kept = &queries::certificates(f.store.read(), holder).await.unwrap()[0];
    assert!(!kept.chain_pem.contains("PRIVATE KEY"));
}

#[store::test]
async fn nobody_signs_without_a_certificate_in_force(f: Province) {
    let holder = Holder::Person(Id::new(f.now));
    let signer = async |now| f.keyring.signer(f.store.read(), holder, now).await.err();
    assert!(matches!(signer(f.now).await, Some(Refusal::NoCertificate)));

    let id = f.enrol(holder).await;
    assert!(signer(f.now).await.is_none());
    // Another holder's certificate is not found by the same id of another kind.
    let agency = f.keyring.signer(f.store.read(), Holder::Agency(holder.id()), f.now).await.err();
    assert!(matches!(agency, Some(Refusal::NoCertificate)));
    let late = Now::parse("2032-01-01T08:00:00+07:00");
    assert!(matches!(signer(late).await, Some(Refusal::Expired { .. })));
    let early = Now::parse("2026-01-01T08:00:00+07:00");
    assert!(matches!(signer(early).await, Some(Refusal::NotYetValid { .. })));

    f.revoke(id, f.now).await.unwrap();
    let refused = signer(f.now).await.unwrap();
    assert!(matches!(refused, Refusal::Revoked { at } if at == f.now.utc()), "{refused:?}");
    assert!(matches!(Error::from(refused), Error::Conflict("sign-refused-revoked")));
    assert!(matches!(f.revoke(id, f.now).await, Err(Error::Conflict("sign-already-revoked"))));
    assert!(matches!(f.revoke(holder.id(), f.now).await, Err(Error::NotFound)));
}

#[store::test]
async fn a_renewed_certificate_takes_over(f: Province) {
    let holder = Holder::Agency(Id::new(f.now));
    let first = f.enrol(holder).await;
    let second = f.enrol(holder).await;
    f.revoke(first, f.now).await.unwrap();
    let signer = f.keyring.signer(f.store.read(), holder, f.now).await.unwrap();
    let kept = queries::certificates(f.store.read(), holder).await.unwrap();
    let second = kept.iter().find(|certificate| certificate.id == second).unwrap();
    let chain = sign::Certificate::load_pem_chain(second.chain_pem.as_bytes()).unwrap();
    assert_eq!(signer.chain()[0], chain[0]);
}

#[store::test]
async fn a_missing_key_and_an_untrusted_authority_are_told_apart(f: Province) {
    let holder = Holder::Person(Id::new(f.now));
    let id = f.enrol(holder).await;
    let signer = async || f.keyring.signer(f.store.read(), holder, f.now).await.err();
    let trusted = f.data.join("keys/trust/root.pem");
    std::fs::remove_file(&trusted).unwrap();
    assert!(matches!(signer().await, Some(Refusal::Untrusted(_))));
    std::fs::write(&trusted, f.authority.root_pem()).unwrap();
    assert!(signer().await.is_none(), "the keyring sees that the folder changed");

    std::fs::remove_file(f.data.join(format!("keys/{id}.pem"))).unwrap();
    let refused = signer().await.unwrap();
    assert!(matches!(refused, Refusal::KeyAway(KeyFault::File { .. })), "{refused:?}");
}

#[store::test]
async fn a_key_is_proven_before_it_is_kept(f: Province) {
    let issue = |name| f.authority.issue(name, "UBND xã Ví Dụ").unwrap();
    let (mine, other) = (issue("Trần Thị Demo"), issue("Nguyễn Văn Mẫu"));
    let mixed = f.keyring.keep(f.now, &mine.key_pem, &other.chain_pem);
    assert!(matches!(mixed, Err(NotReady::Mismatch)), "{mixed:?}");
    let stranger = demo::authority(f.now.utc()).unwrap().issue("Lê Thị Ví Dụ", "UBND xã Ví Dụ").unwrap();
    let refused = f.keyring.keep(f.now, &stranger.key_pem, &stranger.chain_pem);
    assert!(matches!(refused, Err(NotReady::Chain(_))), "{refused:?}");
    let late = f.keyring.keep(Now::parse("2032-01-01T08:00:00+07:00"), &mine.key_pem, &mine.chain_pem);
    assert!(matches!(late, Err(NotReady::Certificate(_))), "{late:?}");
    let files = std::fs::read_dir(f.data.join("keys")).unwrap();
    assert_eq!(files.filter(|entry| entry.as_ref().unwrap().path().is_file()).count(), 0);

    let ready = f.keyring.keep(f.now, &mine.key_pem, &mine.chain_pem).unwrap();
    let again = f.keyring.keep(f.now, &mine.key_pem, &mine.chain_pem).unwrap();
    let holder = Holder::Person(Id::new(f.now));
    let enrol =
        async |key| f.store.write(async |tx| actions::enrol(tx, f.now, &Actor::PROGRAM, holder, key).await).await;
    enrol(&ready).await.unwrap();
    assert!(matches!(enrol(&again).await, Err(Error::Conflict("sign-already-enrolled"))));
}

#[store::test]
async fn a_revoked_certificate_is_doubted_and_then_disbelieved(f: Province) {
    let holder = Holder::Person(Id::new(f.now));
    let id = f.enrol(holder).await;
    let signer = f.keyring.signer(f.store.read(), holder, f.now).await.unwrap();
    let noon = Now::parse("2026-11-20T12:00:00+07:00");
    let sign = |at: Now| support::prepared().sign_personal(signer.as_ref(), NO_MARK, at.utc()).unwrap().into_bytes();
    f.revoke(id, Now::parse("2026-11-20T11:00:00+07:00")).await.unwrap();

    for (signed, finding, verdict) in [
        (f.now, Finding::CertificateRevokedSince, Verdict::Undetermined),
        (noon, Finding::CertificateRevoked, Verdict::Invalid),
    ] {
        let check = f.keyring.check(f.store.read(), sign(signed), noon).await.unwrap();
        assert!(check.signatures[0].report.found(finding), "{check:#?}");
        assert_eq!((check.verdict, check.signatures[0].verdict), (verdict, verdict));
    }
}

#[test]
fn a_broken_trusted_file_is_named_at_the_start() {
    let data = tempfile::tempdir().unwrap();
    Keyring::open(data.path()).unwrap();
    std::fs::write(data.path().join("keys/trust/hong.pem"), "not a certificate").unwrap();
    let error = Keyring::open(data.path()).err().unwrap();
    assert!(error.to_string().contains("hong.pem"), "{error}");
}

#[test]
fn a_pin_reaches_no_message() {
    let data = tempfile::tempdir().unwrap();
    Keyring::open(data.path()).unwrap();
    std::fs::write(data.path().join("keys/tokens.toml"), "module = \"/a.so\"\n[pins]\nMAU = 135790\n").unwrap();
    let error = Keyring::open(data.path()).err().unwrap().to_string();
    assert!(error.contains("tokens.toml") && !error.contains("135790"), "{error}");
}
