//! Specimen drawings as one-page PDFs: lines only, no font, transparent ground.

use lopdf::{Document, Object, Stream, dictionary};

/// Distance of a Bézier circle's control points, as a share of its radius.
const KAPPA: f32 = 0.552_284_8;
/// "MẪU" in strokes, 52 wide and 30 high, the tilde on top.
const SPECIMEN: &str = "0 0 m 0 18 l 7 8 l 14 18 l 14 0 l S\n\
    18 0 m 25 18 l 32 0 l S 21 7 m 29 7 l S\n\
    20.5 20 m 25 24 l 29.5 20 l S\n\
    20 26 m 22 30 24 29 25 27.5 c 26 26 28 26 30 29 c S\n\
    36 18 m 36 5 l 36 1 39 0 43 0 c 47 0 50 1 50 5 c 50 18 l S\n";

/// A red seal, 102 points (36 mm, the size of an agency's seal) across, with "MẪU" in its middle.
pub fn seal() -> Vec<u8> {
    let ring = |radius| circle(51.0, radius);
    let content = format!(
        "0.82 0.07 0.10 RG 2.5 w {}1 w {}{}\
         1 J 1 j 2.6 w q 1 0 0 1 26 38 cm {SPECIMEN}Q\n",
        ring(49.5),
        ring(46.0),
        ring(33.0),
    );
    page(102.0, 102.0, content)
}

/// A blue handwritten-looking mark with "MẪU" beside it, 150 by 60 points.
pub fn handwriting() -> Vec<u8> {
    let content = format!(
        "0.05 0.18 0.62 RG 1 J 1 j 1.8 w \
         8 18 m 20 58 36 60 30 34 c 26 14 14 10 20 26 c 26 42 44 46 50 28 c 54 16 60 20 62 30 c \
         64 40 72 40 74 28 c 76 18 84 20 88 30 c S 12 10 m 40 4 70 8 96 16 c S \
         q 0.8 0 0 0.8 100 22 cm {SPECIMEN}Q\n"
    );
    page(150.0, 60.0, content)
}

fn circle(centre: f32, radius: f32) -> String {
    let (low, high) = (centre - radius, centre + radius);
    let (near, far) = (centre - radius * KAPPA, centre + radius * KAPPA);
    format!(
        "{high} {centre} m {high} {far} {far} {high} {centre} {high} c \
         {near} {high} {low} {far} {low} {centre} c {low} {near} {near} {low} {centre} {low} c \
         {far} {low} {high} {near} {high} {centre} c S\n"
    )
}

fn page(width: f32, height: f32, content: String) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Resources" => dictionary! {},
        "Contents" => content,
    });
    document
        .set_object(pages, dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(page)], "Count" => 1 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    #[expect(clippy::expect_used, reason = "writing to memory does not fail")]
    document.save_to(&mut bytes).expect("written to memory");
    bytes
}
