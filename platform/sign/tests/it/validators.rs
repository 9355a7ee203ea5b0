//! Two validators nobody here wrote: poppler's `pdfsig` and pyHanko. They must be installed; nothing is skipped.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use sign::{Anchors, Changes, Coverage, Paper, Verdict, verify};
use tempfile::TempDir;

use crate::support::{self, People, morning};

/// Prints, for each signature: intact, valid, trusted, coverage, kind of modifications, whether they are accepted.
const JUDGE: &str = r"
import sys
from datetime import datetime
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
pdf, root, moment = sys.argv[1:]
with open(pdf, 'rb') as file:
    for signature in PdfFileReader(file).embedded_signatures:
        context = ValidationContext(trust_roots=[load_cert_from_pemder(root)],
            moment=datetime.fromisoformat(moment), allow_fetching=False, best_signature_time=datetime.fromisoformat(moment))
        status = validate_pdf_signature(signature, context)
        print(signature.field_name, status.intact, status.valid, status.trusted, status.coverage.name,
            status.modification_level.name if status.modification_level is not None else None, status.bottom_line)
";

/// Signs a file twice as a citizen's software may: first with ECDSA P-256, then with RSA under the plain identifier
/// `rsaEncryption`, each time adding a signature field of its own.
const SIGN: &str = r"
import sys
from asn1crypto import algos
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, fields
pdf, signed, folder = sys.argv[1:]
for index, (name, mechanism) in enumerate([('ec', None), ('rsa', 'rsassa_pkcs1v15')]):
    if mechanism is not None:
        mechanism = algos.SignedDigestAlgorithm({'algorithm': mechanism})
    signer = signers.SimpleSigner.load(f'{folder}/{name}.key', f'{folder}/{name}.pem',
        ca_chain_files=[f'{folder}/ca.pem'], signature_mechanism=mechanism)
    about = signers.PdfSignatureMetadata(field_name=name, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm='sha256')
    place = fields.SigFieldSpec(sig_field_name=name, on_page=0, box=(50, 50 + 60 * index, 200, 100 + 60 * index))
    with open(pdf if index == 0 else signed, 'rb') as file:
        result = signers.PdfSigner(about, signer, new_field_spec=place).sign_pdf(IncrementalPdfFileWriter(file))
    with open(signed, 'wb') as file:
        file.write(result.getbuffer())
";

struct Bench {
    folder: TempDir,
    people: People,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), people: People::new() }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn pyhanko(&self, pdf: &Path) -> Vec<String> {
        let root = self.file("root.pem", self.people.authority.root_pem().as_bytes());
        let moment = (morning() + support::minutes(60)).to_rfc3339();
        let told = python(JUDGE, &[pdf.as_os_str(), root.as_os_str(), moment.as_ref()]);
        told.lines().map(str::to_owned).collect()
    }
}

fn python(script: &str, arguments: &[&OsStr]) -> String {
    let python = std::env::var_os("TINHSO_PYHANKO")
        .expect("set TINHSO_PYHANKO to a Python interpreter that has the package pyhanko installed");
    let run = Command::new(python)
        .args(["-c", script])
        .args(arguments)
        .output()
        .expect("TINHSO_PYHANKO does not name a program that runs");
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{told}{}", String::from_utf8_lossy(&run.stderr));
    told
}

fn pdfsig(pdf: &Path) -> String {
    let run = Command::new("pdfsig")
        .arg("-nocert")
        .arg(pdf)
        .env("LC_ALL", "C")
        .output()
        .expect("pdfsig is needed: install the package poppler-utils");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn pyhanko_accepts_every_stage_and_what_happened_between() {
    let bench = Bench::new();
    let judged = |paper: &Paper| bench.pyhanko(&bench.file("paper.pdf", paper.bytes()));
    assert_eq!(judged(&support::signed(&bench.people)), ["KyCaNhan True True True ENTIRE_FILE NONE True"]);
    assert_eq!(
        judged(&support::numbered(&bench.people)),
        ["KyCaNhan True True True ENTIRE_REVISION FORM_FILLING True"]
    );
    assert_eq!(
        judged(&support::issued(&bench.people)),
        ["KyCaNhan True True True ENTIRE_REVISION FORM_FILLING True", "KyCoQuan True True True ENTIRE_FILE NONE True",]
    );
}

#[test]
fn pyhanko_refuses_a_number_changed_after_the_seal() {
    let bench = Bench::new();
    let bytes = support::revised(support::issued(&bench.people).bytes(), |update| {
        let number = support::field(update, "SoVanBan");
        let changed = support::changed(update, number);
        changed.set("V", lopdf::Object::string_literal("So: 06/QD-UBND"));
    });
    let told = bench.pyhanko(&bench.file("paper.pdf", &bytes));
    assert!(told[1].starts_with("KyCoQuan True True True") && told[1].ends_with("False"), "{told:?}");
}

#[test]
fn pdfsig_finds_both_signatures_valid_and_the_last_over_the_whole_file() {
    let bench = Bench::new();
    let told = pdfsig(&bench.file("paper.pdf", support::issued(&bench.people).bytes()));
    assert_eq!(told.matches("Signature is Valid").count(), 2, "{told}");
    assert_eq!(told.matches("ETSI.CAdES.detached").count(), 2, "{told}");
    let (first, last) = told.split_once("Signature #2").unwrap();
    assert!(first.contains("Not total document signed"), "{told}");
    assert!(last.contains("Total document signed"), "{told}");
}

#[test]
fn pdfsig_sees_a_flipped_byte() {
    let bench = Bench::new();
    let mut bytes = support::signed(&bench.people).into_bytes();
    let place = bytes.windows(10).position(|window| window == b"QUYET DINH").unwrap();
    bytes[place] ^= 1;
    let told = pdfsig(&bench.file("paper.pdf", &bytes));
    assert!(told.contains("Digest Mismatch"), "{told}");
}

/// A P-256 holder under a fresh root, and the demo's RSA holder under the demo's: files `ec.*`, `rsa.*`, `ca.pem`.
fn citizens(bench: &Bench) -> Anchors {
    let rsa = bench.people.authority.issue("Lê Thị Ví Dụ", "Công dân").unwrap();
    bench.file("rsa.key", rsa.key_pem.as_bytes());
    let own = rsa.chain_pem.strip_suffix(bench.people.authority.root_pem()).unwrap();
    bench.file("rsa.pem", own.as_bytes());
    bench.file("ca.pem", bench.people.authority.root_pem().as_bytes());
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    let mut holder = rcgen::CertificateParams::default();
    holder.distinguished_name.push(rcgen::DnType::CommonName, "MẪU - Nguyễn Văn Mẫu");
    holder.key_usages = vec![rcgen::KeyUsagePurpose::ContentCommitment];
    let certificate = holder.self_signed(&key).unwrap().pem();
    bench.file("ec.key", key.serialize_pem().as_bytes());
    bench.file("ec.pem", certificate.as_bytes());
    Anchors::from_pem(&(certificate + bench.people.authority.root_pem())).unwrap()
}

#[test]
fn what_others_sign_is_judged_valid() {
    let bench = Bench::new();
    let anchors = citizens(&bench);
    let pdf = bench.file("printed.pdf", &support::decision());
    let signed = bench.folder.path().join("signed.pdf");
    python(SIGN, &[pdf.as_os_str(), signed.as_os_str(), bench.folder.path().as_os_str()]);
    // It signs by the machine's clock, so it is judged long after whatever that says, within the certificates' dates.
    let report = verify(&std::fs::read(signed).unwrap(), &anchors, morning() + chrono::Days::new(1500));
    assert_eq!(report.verdict(), Verdict::Valid, "{report:#?}");
    let [ecdsa, rsa] = report.signatures.as_slice() else { panic!("{report:#?}") };
    assert_eq!((ecdsa.field.as_str(), ecdsa.changes), ("ec", Changes::FormOrSignature));
    assert_eq!(ecdsa.changed_fields, ["rsa"]);
    assert_eq!((rsa.field.as_str(), rsa.coverage), ("rsa", Some(Coverage::WholeFile)));
}
