//! A key that never leaves its token: SoftHSM2 behind PKCS#11.

use std::{path::Path, process::Command};

use base::{Id, Now};
use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    object::{Attribute, KeyType, ObjectClass},
    session::UserType,
    types::AuthPin,
};
use der::{Decode, Encode};
use journal::Actor;
use rsa::{
    RsaPrivateKey,
    pkcs8::DecodePrivateKey,
    traits::{PrivateKeyParts, PublicKeyParts},
};
use sign::{Certificate, Holder, KeyFault, Keyring, Layer, NotReady, SignerError, TokenModule, Verdict, verify};
use store::Kind;
use store::testing::TestDatabase;

use crate::support::{self, People, morning};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const TOKEN: &str = "MAU";
const KEY: &str = "ky-so";
const PIN: &str = "135790";

/// SoftHSM finds its configuration through the environment alone, and a test must not change its own: the test runs
/// itself again with the environment set.
const INNER: &str = "TINHSO_SIGN_TOKEN_TEST";

#[test]
fn a_token_signs_as_a_soft_key_does() {
    if std::env::var_os(INNER).is_some() {
        sign_with_token();
        return;
    }
    assert!(Path::new(MODULE).exists(), "SoftHSM2 is needed: install the package softhsm2");
    let folder = tempfile::tempdir().unwrap();
    let tokens = folder.path().join("tokens");
    std::fs::create_dir(&tokens).unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    std::fs::write(&configuration, format!("directories.tokendir = {}\n", tokens.display())).unwrap();
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "token::a_token_signs_as_a_soft_key_does", "--nocapture"])
        .env("SOFTHSM2_CONF", &configuration)
        .env(INNER, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{told}{}", String::from_utf8_lossy(&run.stderr));
    assert!(told.contains("1 passed"), "{told}");
}

fn sign_with_token() {
    let people = People::new();
    let issued = people.authority.issue("Nguyễn Văn Mẫu", "UBND xã Ví Dụ").unwrap();
    let chain = Certificate::load_pem_chain(issued.chain_pem.as_bytes()).unwrap();
    let key = RsaPrivateKey::from_pkcs8_pem(&issued.key_pem).unwrap();
    fill_token(&key, &chain[0]);

    let module = TokenModule::load(Path::new(MODULE)).unwrap();
    assert!(matches!(module.signer("KHAC", PIN, KEY, &[]), Err(SignerError::NoToken(_))));
    assert!(matches!(module.signer(TOKEN, "000000", KEY, &[]), Err(SignerError::WrongPin)));
    assert!(matches!(module.signer(TOKEN, PIN, "khac", &[]), Err(SignerError::NoKey(_))));

    let token = module.signer(TOKEN, PIN, KEY, &chain[1..]).unwrap();
    assert!(!format!("{token:?}").contains(PIN));
    let mark: &[Layer<'_>] = &[];
    let paper = support::prepared().sign_personal(&token, mark, morning()).unwrap();
    let report = verify(paper.bytes(), &people.anchors(), morning());
    assert_eq!(report.verdict(), Verdict::Valid, "{report:#?}");
    store::testing::run(sign_through_the_keyring(&people));
}

async fn sign_through_the_keyring(people: &People) {
    let data = tempfile::tempdir().unwrap();
    let keys = data.path().join("keys");
    drop(Keyring::open(data.path()).unwrap());
    std::fs::write(keys.join("trust/root.pem"), people.authority.root_pem()).unwrap();
    let opened = |pin: &str| {
        std::fs::write(keys.join("tokens.toml"), format!("module = {MODULE:?}\n[pins]\n{TOKEN} = {pin:?}\n")).unwrap();
        Keyring::open(data.path()).unwrap()
    };
    let now = Now::at(morning());
    let root = people.authority.root_pem();

    let wrong = opened("000000");
    let refused = wrong.on_token(now, TOKEN, KEY, root);
    assert!(matches!(refused, Err(NotReady::Key(KeyFault::Signer(SignerError::WrongPin)))), "{refused:?}");
    let again = wrong.on_token(now, TOKEN, KEY, root);
    assert!(matches!(again, Err(NotReady::Key(KeyFault::PinRefusedBefore(_)))), "{again:?}");

    let keyring = opened(PIN);
    let unknown = keyring.on_token(now, "KHAC", KEY, root);
    assert!(matches!(unknown, Err(NotReady::Key(KeyFault::NoPin(_)))), "{unknown:?}");
    let key = keyring.on_token(now, TOKEN, KEY, root).unwrap();
    let (store, location) =
        TestDatabase { kind: Kind::Sqlite }.migrated(&[journal::MIGRATIONS, sign::MIGRATIONS].concat(), now).await;
    let holder = Holder::Agency(Id::new(now));
    store.write(async |tx| sign::actions::enrol(tx, now, &Actor::PROGRAM, holder, &key).await).await.unwrap();
    let signer = keyring.signer(store.read(), holder, now).await.unwrap();
    let mark: &[Layer<'_>] = &[];
    let paper = support::prepared().sign_personal(signer.as_ref(), mark, morning()).unwrap();
    let check = keyring.check(store.read(), paper.into_bytes(), now).await.unwrap();
    assert_eq!(check.verdict, Verdict::Valid, "{check:#?}");
    store.close().await.unwrap();
    store::testing::remove(&location);
}

fn fill_token(key: &RsaPrivateKey, certificate: &Certificate) {
    let module = Pkcs11::new(MODULE).unwrap();
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
    let slot = module.get_slots_with_token().unwrap()[0];
    let officer = AuthPin::new("246802".into());
    module.init_token(slot, &officer, TOKEN).unwrap();
    let session = module.open_rw_session(slot).unwrap();
    session.login(UserType::So, Some(&officer)).unwrap();
    session.init_pin(&AuthPin::new(PIN.into())).unwrap();
    session.logout().unwrap();
    session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();

    let number = |value: &rsa::BigUint| value.to_bytes_be();
    let primes = key.primes();
    session
        .create_object(&[
            Attribute::Class(ObjectClass::PRIVATE_KEY),
            Attribute::KeyType(KeyType::RSA),
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Sign(true),
            Attribute::Label(KEY.into()),
            Attribute::Modulus(number(key.n())),
            Attribute::PublicExponent(number(key.e())),
            Attribute::PrivateExponent(number(key.d())),
            Attribute::Prime1(number(&primes[0])),
            Attribute::Prime2(number(&primes[1])),
            Attribute::Exponent1(number(key.dp().unwrap())),
            Attribute::Exponent2(number(key.dq().unwrap())),
            Attribute::Coefficient(number(&key.crt_coefficient().unwrap())),
        ])
        .unwrap();
    let der = certificate.to_der().unwrap();
    assert!(Certificate::from_der(&der).is_ok());
    session
        .create_object(&[
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(cryptoki::object::CertificateType::X_509),
            Attribute::Token(true),
            Attribute::Label(KEY.into()),
            Attribute::Subject(certificate.tbs_certificate.subject.to_der().unwrap()),
            Attribute::Value(der),
        ])
        .unwrap();
}
