use std::path::PathBuf;

use base::{Id, Now};
use chrono::{DateTime, TimeZone, Utc};
use journal::Actor;
use lopdf::{Document, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use sign::{
    Anchors, Drawing, Entry, Holder, Keyring, Layer, Layout, Paper, Place, Rect, RevocationReason, SoftKey, actions,
    demo::{self, Authority},
};
use store::Store;
use store::testing::{OnDatabase, TestDatabase};
use web::testing::Given;

/// Ten in the morning of 20 November 2026 in Vietnam.
pub(crate) fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 20, 3, 0, 0).unwrap()
}

pub(crate) fn minutes(count: i64) -> chrono::Duration {
    chrono::Duration::minutes(count)
}

/// The demo authority with one person and one agency.
pub(crate) struct People {
    pub(crate) authority: Authority,
    pub(crate) person: SoftKey,
    pub(crate) agency: SoftKey,
}

impl People {
    pub(crate) fn new() -> Self {
        let authority = demo::authority(morning()).unwrap();
        let key = |name, organisation| authority.issue(name, organisation).unwrap().signer().unwrap();
        let person = key("Trần Thị Demo", "UBND xã Ví Dụ");
        let agency = key("UBND xã Ví Dụ", "UBND xã Ví Dụ");
        Self { authority, person, agency }
    }

    pub(crate) fn anchors(&self) -> Anchors {
        self.authority.anchors().unwrap()
    }
}

/// A printed page of the given size that says `words`.
pub(crate) fn printed(width: f32, height: f32, words: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman" });
    let content = format!("BT /F1 12 Tf 5 {} Td ({words}) Tj ET", height / 2.0);
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        "Contents" => content,
    });
    document
        .set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(page)], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let id = || Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id(), id()]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

pub(crate) fn decision() -> Vec<u8> {
    printed(595.0, 842.0, "QUYET DINH MAU")
}

pub(crate) fn layout() -> Layout {
    let place = |x, y, width, height| Place { page: 1, area: Rect { x, y, width, height } };
    Layout {
        personal: place(370.0, 180.0, 150.0, 60.0),
        agency: place(318.0, 150.0, 250.0, 102.0),
        number: place(90.0, 745.0, 150.0, 18.0),
        date: place(300.0, 720.0, 220.0, 18.0),
    }
}

/// A picture with transparency, as a scanned signature has.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 4, 2);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[20, 40, 160, 128].repeat(8)).unwrap();
    writer.finish().unwrap();
    bytes
}

pub(crate) fn prepared() -> Paper {
    Paper::prepare(&decision(), &layout()).unwrap()
}

pub(crate) fn signed(people: &People) -> Paper {
    let picture = picture();
    let area = Rect { x: 0.0, y: 0.0, width: 150.0, height: 60.0 };
    let written = demo::handwriting();
    let mark = [Layer { drawing: Drawing::Png(&picture), area }, Layer { drawing: Drawing::Page(&written), area }];
    prepared().sign_personal(&people.person, &mark, morning()).unwrap()
}

pub(crate) fn numbered(people: &People) -> Paper {
    let number = printed(150.0, 18.0, "So: 05/QD-UBND");
    let date = printed(220.0, 18.0, "Vi Du, ngay 20 thang 11 nam 2026");
    signed(people)
        .fill_number_and_date(
            Entry { text: "Số: 05/QĐ-UBND", appearance_pdf: &number },
            Entry { text: "Ví Dụ, ngày 20 tháng 11 năm 2026", appearance_pdf: &date },
        )
        .unwrap()
}

pub(crate) fn issued(people: &People) -> Paper {
    let seal = demo::seal();
    let words = printed(140.0, 40.0, "UBND xa Vi Du");
    let mark = [
        Layer { drawing: Drawing::Page(&seal), area: Rect { x: 0.0, y: 0.0, width: 102.0, height: 102.0 } },
        Layer { drawing: Drawing::Page(&words), area: Rect { x: 106.0, y: 0.0, width: 140.0, height: 40.0 } },
    ];
    numbered(people).sign_agency(&people.agency, &mark, morning() + minutes(20)).unwrap()
}

/// Appends a revision in which `change` was done to the document.
pub(crate) fn revised(bytes: &[u8], change: impl FnOnce(&mut IncrementalDocument)) -> Vec<u8> {
    let document = Document::load_mem(bytes).unwrap();
    let mut update = IncrementalDocument::create_from(bytes.to_vec(), document);
    change(&mut update);
    let mut written = Vec::new();
    update.save_to(&mut written).unwrap();
    written
}

/// The dictionary with this id, copied into the update.
pub(crate) fn changed(update: &mut IncrementalDocument, id: ObjectId) -> &mut lopdf::Dictionary {
    update.opt_clone_object_to_new_document(id).unwrap();
    update.new_document.get_dictionary_mut(id).unwrap()
}

/// The id of the field with this name.
pub(crate) fn field(update: &IncrementalDocument, name: &str) -> ObjectId {
    let document = update.get_prev_documents();
    *document
        .objects
        .iter()
        .find(|(_, object)| {
            object.as_dict().is_ok_and(|field| {
                field.get(b"T").is_ok_and(|title| lopdf::decode_text_string(title).is_ok_and(|title| title == name))
            })
        })
        .unwrap()
        .0
}

pub(crate) fn first_page(update: &IncrementalDocument) -> ObjectId {
    update.get_prev_documents().get_pages()[&1]
}

/// A data folder and database with a trusted authority, on one of the databases.
pub(crate) struct Province {
    pub(crate) given: Given,
    pub(crate) store: Store,
    pub(crate) now: Now,
    pub(crate) data: PathBuf,
    pub(crate) keyring: Keyring,
    pub(crate) authority: Authority,
}

impl OnDatabase for Province {
    async fn on(database: TestDatabase) -> Self {
        let now = Now::at(morning());
        let given = Given::on(&database, now, &[journal::MIGRATIONS], vec![sign::system()]).await;
        let data = given.settings.data.clone();
        let keyring = Keyring::open(&data).unwrap();
        let authority = demo::authority(now.utc()).unwrap();
        std::fs::write(data.join("keys/trust/root.pem"), authority.root_pem()).unwrap();
        Self { store: given.store.clone(), given, now, data, keyring, authority }
    }
}

impl Province {
    /// Enrols a fresh key; gives the certificate's id.
    pub(crate) async fn enrol(&self, holder: Holder) -> Id {
        let issued = self.authority.issue("Trần Thị Demo", "UBND xã Ví Dụ").unwrap();
        let key = self.keyring.keep(self.now, &issued.key_pem, &issued.chain_pem).unwrap();
        let enrolled =
            self.store.write(async |tx| actions::enrol(tx, self.now, &Actor::PROGRAM, holder, &key).await).await;
        enrolled.unwrap()
    }

    pub(crate) async fn revoke(&self, certificate: Id, at: Now) -> base::Result<()> {
        let reason = RevocationReason::KeyCompromise;
        self.store.write(async |tx| actions::revoke(tx, at, &Actor::PROGRAM, certificate, reason).await).await
    }
}
