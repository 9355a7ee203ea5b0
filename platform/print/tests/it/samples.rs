//! One of every paper, filled with people who do not exist.

use chrono::{DateTime, NaiveDate, Utc};
use print::{
    Applicant, Column, Component, Contact, HandOver, Head, Letter, Number, Paper, Part, RegisterEntry, ResultForm,
    ResultPaper, Row, Signer, Slip01, Slip02, Slip03, Slip04, Slip06, Table, Timing,
};

pub(crate) fn head(demo: bool) -> Head {
    Head {
        parent: Some("Ủy ban nhân dân xã Ví Dụ".to_owned()),
        agency: "Trung tâm Phục vụ\nhành chính công".to_owned(),
        place: "Ví Dụ".to_owned(),
        number: Some(Number::known("0012/TNHS")),
        date: NaiveDate::from_ymd_opt(2026, 2, 5),
        demo,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn applicant() -> Applicant {
    Applicant {
        name: "Trần Thị Demo".to_owned(),
        address: "Số 12, thôn Mẫu Đơn, xã Ví Dụ, tỉnh Khánh Hòa".to_owned(),
        phone: Some("0258 000 0000".to_owned()),
        email: Some("demo@example.vn".to_owned()),
    }
}

fn contact() -> Contact {
    Contact { name: "Lê Thị Ví Dụ".to_owned(), phone: "0258 000 0001".to_owned() }
}

const CODE: &str = "H32.15-261120-0012";
const REQUEST: &str = "Cấp giấy phép xây dựng mới công trình cấp III, cấp IV và nhà ở riêng lẻ";

pub(crate) fn slip_01(demo: bool) -> Slip01 {
    let component = |name: &str, originals, copies| Component { name: name.to_owned(), originals, copies };
    Slip01 {
        head: head(demo),
        desk: "Trung tâm Phục vụ hành chính công xã Ví Dụ".to_owned(),
        dossier_code: CODE.to_owned(),
        lookup_url: format!("https://dichvucong.example.vn/tra-cuu/{CODE}"),
        applicant: applicant(),
        submitter: "Trần Thị Demo".to_owned(),
        request: REQUEST.to_owned(),
        components: vec![
            component("Đơn đề nghị cấp giấy phép xây dựng", 1, 0),
            component("Giấy tờ chứng minh quyền sử dụng đất", 0, 1),
            component("Bản vẽ thiết kế xây dựng", 2, 0),
            component("Bản cam kết bảo đảm an toàn công trình liền kề", 1, 0),
        ],
        sets: 1,
        time_allowed: "15 ngày đối với nhà ở riêng lẻ".to_owned(),
        received_at: at("2026-11-20T03:05:00Z"),
        due_at: at("2026-12-07T10:00:00Z"),
        return_at: "Trung tâm Phục vụ hành chính công xã Ví Dụ".to_owned(),
        register: Some(RegisterEntry { book: "01/2026".to_owned(), ordinal: "0012".to_owned() }),
        receiver: "Lê Thị Ví Dụ".to_owned(),
    }
}

pub(crate) fn slip_02(demo: bool) -> Slip02 {
    Slip02 {
        head: head(demo),
        dossier_code: CODE.to_owned(),
        applicant: applicant(),
        request: REQUEST.to_owned(),
        wanted: vec![
            "Bổ sung bản vẽ mặt bằng móng, tỷ lệ 1/100.".to_owned(),
            "Ký lại trang 2 của đơn đề nghị cấp giấy phép xây dựng.".to_owned(),
        ],
        reason: "Hồ sơ chưa đủ thành phần theo quy định".to_owned(),
        until: NaiveDate::from_ymd_opt(2026, 12, 20),
        contact: contact(),
        officer: "Lê Thị Ví Dụ".to_owned(),
    }
}

pub(crate) fn slip_03(demo: bool) -> Slip03 {
    Slip03 {
        head: head(demo),
        dossier_code: None,
        applicant: Applicant { phone: None, email: None, ..applicant() },
        request: REQUEST.to_owned(),
        reasons: vec!["Công trình thuộc trường hợp được miễn giấy phép xây dựng.".to_owned()],
        contact: contact(),
        officer: "Lê Thị Ví Dụ".to_owned(),
    }
}

pub(crate) fn slip_04(demo: bool) -> Slip04 {
    Slip04 {
        head: Head { number: Some(Number::awaited("{number}/PXL-UBND")), date: None, ..head(demo) },
        dossier_code: CODE.to_owned(),
        applicant: applicant(),
        request: REQUEST.to_owned(),
        received_at: at("2026-11-20T03:05:00Z"),
        promised_at: at("2026-12-07T10:00:00Z"),
        new_due_at: at("2026-12-10T03:00:00Z"),
        reason: "việc kiểm tra thực địa phải dời lại do mưa lũ".to_owned(),
        contact: contact(),
        signer: signer(),
    }
}

pub(crate) fn slip_06(demo: bool) -> Slip06 {
    let row = |from: &str, to: &str, taker: Option<&str>, moment: &str, timing| HandOver {
        from: from.to_owned(),
        giver: "Lê Thị Ví Dụ".to_owned(),
        to: to.to_owned(),
        taker: taker.map(str::to_owned),
        at: at(moment),
        timing,
        note: String::new(),
    };
    let (desk, office) = ("Trung tâm Phục vụ hành chính công", "Phòng Kinh tế, Hạ tầng và Đô thị");
    Slip06 {
        head: Head { number: None, ..head(demo) },
        dossier_code: CODE.to_owned(),
        applicant: applicant(),
        request: REQUEST.to_owned(),
        received_at: at("2026-11-20T03:05:00Z"),
        due_at: at("2026-12-07T10:00:00Z"),
        hand_overs: vec![
            row(desk, office, Some("Nguyễn Văn Mẫu"), "2026-11-20T07:10:00Z", None),
            row(
                office,
                "Lãnh đạo Ủy ban nhân dân xã",
                Some("Phạm Văn Giả Định"),
                "2026-12-01T02:00:00Z",
                Some(Timing::Early),
            ),
            row("Lãnh đạo Ủy ban nhân dân xã", desk, None, "2026-12-07T09:55:00Z", Some(Timing::OnTime)),
        ],
    }
}

pub(crate) fn signer() -> Signer {
    Signer {
        authority: ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"].map(str::to_owned).to_vec(),
        name: "Phạm Văn Giả Định".to_owned(),
    }
}

fn result(form: ResultForm, title: &str, notation: &str, body: Vec<Part>, demo: bool) -> ResultPaper {
    ResultPaper {
        form,
        head: Head {
            parent: None,
            agency: "Ủy ban nhân dân\nxã Ví Dụ".to_owned(),
            number: Some(Number::awaited(notation)),
            date: None,
            ..head(demo)
        },
        title: title.to_owned(),
        subject: None,
        body,
        signer: signer(),
        recipients: Vec::new(),
        lookup_url: None,
    }
}

fn rows(pairs: &[(&str, &str)]) -> Part {
    Part::Rows(pairs.iter().map(|(label, value)| Row::new(*label, *value)).collect())
}

pub(crate) fn permit(demo: bool) -> ResultPaper {
    let text = |words: &str| words.to_owned();
    let body = vec![
        Part::Basis(text(
            "Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014; Luật sửa đổi, bổ sung một số điều của Luật Xây dựng ngày 17 tháng 6 năm 2020",
        )),
        Part::Basis(text("Căn cứ Nghị định số 175/2024/NĐ-CP ngày 30 tháng 12 năm 2024 của Chính phủ")),
        Part::Basis(text("Xét đơn đề nghị cấp giấy phép xây dựng của bà Trần Thị Demo")),
        Part::Point(text("Cấp cho bà: Trần Thị Demo, địa chỉ: số 12, thôn Mẫu Đơn, xã Ví Dụ, tỉnh Khánh Hòa.")),
        Part::Point(text("Được phép xây dựng công trình: nhà ở riêng lẻ, theo thiết kế kèm theo giấy phép này.")),
        rows(&[
            ("Vị trí xây dựng", "thửa đất số 101, tờ bản đồ số 7, diện tích 120 m²"),
            ("Cốt nền xây dựng", "+0,45 m so với cốt đường hiện hữu"),
            ("Mật độ xây dựng", "80 %; hệ số sử dụng đất: 2,4"),
            ("Diện tích xây dựng tầng một", "96 m²; tổng diện tích sàn: 288 m²"),
            ("Chiều cao công trình", "11,4 m; số tầng: 3"),
        ]),
        Part::Point(text("Giấy tờ về đất đai: Giấy chứng nhận quyền sử dụng đất số MẪU 000001.")),
        Part::Point(text(
            "Giấy phép có hiệu lực khởi công trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên thì phải đề nghị gia hạn giấy phép xây dựng.",
        )),
    ];
    ResultPaper {
        subject: Some("Sử dụng cho công trình nhà ở riêng lẻ".to_owned()),
        recipients: ["Như trên", "Phòng Kinh tế, Hạ tầng và Đô thị", "Lưu: VT, HS"].map(str::to_owned).to_vec(),
        lookup_url: Some("https://dichvucong.example.vn/kiem-tra/4f7c".to_owned()),
        ..result(ResultForm::Permit, "Giấy phép xây dựng", "{number}/GPXD-UBND", body, demo)
    }
}

pub(crate) fn extract(demo: bool) -> ResultPaper {
    let body = vec![
        rows(&[
            ("Họ, chữ đệm, tên", "NGUYỄN THỊ BÉ MẪU"),
            ("Ngày, tháng, năm sinh", "05/02/2026\n(ngày năm tháng hai năm hai nghìn không trăm hai mươi sáu)"),
            ("Giới tính", "Nữ"),
            ("Dân tộc", "Kinh"),
            ("Nơi sinh", "Trạm Y tế xã Ví Dụ, tỉnh Khánh Hòa"),
            ("Họ, chữ đệm, tên người mẹ", "TRẦN THỊ DEMO"),
            ("Họ, chữ đệm, tên người cha", "NGUYỄN VĂN MẪU"),
        ]),
        Part::Text("Giấy khai sinh được đăng ký đúng hạn.".to_owned()),
    ];
    ResultPaper {
        lookup_url: Some("https://dichvucong.example.vn/kiem-tra/9a01".to_owned()),
        ..result(ResultForm::Extract, "Giấy khai sinh", "{number}/{year}", body, demo)
    }
}

fn certificate(demo: bool) -> ResultPaper {
    let body = vec![
        Part::Point("Tên hộ kinh doanh:".to_owned()),
        rows(&[("Viết bằng tiếng Việt", "HỘ KINH DOANH VÍ DỤ"), ("Mã số", "000000000000")]),
        Part::Point("Địa điểm kinh doanh:".to_owned()),
        rows(&[("Địa chỉ", "Số 12, thôn Mẫu Đơn, xã Ví Dụ")]),
    ];
    result(ResultForm::Certificate, "Giấy chứng nhận\nđăng ký hộ kinh doanh", "{number}/HKD-UBND", body, demo)
}

fn confirmation(demo: bool) -> ResultPaper {
    let body = vec![
        Part::Text("Xét đề nghị của ông Nguyễn Văn Mẫu về việc cấp Giấy xác nhận tình trạng hôn nhân,".to_owned()),
        Part::Formula("XÁC NHẬN:".to_owned()),
        rows(&[("Họ và tên", "Nguyễn Văn Mẫu"), ("Tình trạng hôn nhân", "hiện tại chưa đăng ký kết hôn với ai")]),
        Part::Text("Giấy này có giá trị sáu tháng kể từ ngày cấp./.".to_owned()),
    ];
    result(ResultForm::Confirmation, "Giấy xác nhận tình trạng hôn nhân", "{number}/UBND-XNTTHN", body, demo)
}

fn certified_copy(demo: bool) -> ResultPaper {
    let body = vec![
        Part::Formula("Chứng thực bản sao đúng với bản chính".to_owned()),
        rows(&[("Giấy tờ", "Bằng tốt nghiệp trung học phổ thông số MẪU 000002"), ("Quyển số", "01/2026 - SCT/BS")]),
    ];
    result(ResultForm::CertifiedCopy, "Lời chứng", "{number} - SCT/BS", body, demo)
}

/// A decision of several pages.
pub(crate) fn decision(demo: bool) -> ResultPaper {
    let mut body = vec![
        Part::Basis("Căn cứ Luật Tổ chức chính quyền địa phương".to_owned()),
        Part::Formula("QUYẾT ĐỊNH:".to_owned()),
    ];
    body.extend((0..40).map(|_| {
        Part::Article("Các phòng, ban có liên quan chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.".to_owned())
    }));
    result(ResultForm::Permit, "Quyết định", "{number}/QĐ-UBND", body, demo)
}

/// A report with a table that does not fit on one page.
pub(crate) fn letter(demo: bool) -> Letter {
    let row = |number: usize| {
        vec![
            number.to_string(),
            "Nâng cấp tuyến đường liên thôn,\nhệ thống thoát nước".to_owned(),
            "05/02/2026".to_owned(),
        ]
    };
    Letter {
        head: Head { number: Some(Number::awaited("{number}/BC-UBND")), ..head(demo) },
        title: "Báo cáo".to_owned(),
        subject: Some("Kết quả giải quyết kiến nghị của cử tri".to_owned()),
        addressees: ["Thường trực Hội đồng nhân dân xã Ví Dụ", "Ban Kinh tế - Ngân sách"].map(str::to_owned).to_vec(),
        body: vec![
            Part::Basis("Căn cứ Luật Tổ chức chính quyền địa phương".to_owned()),
            Part::Text("Ủy ban nhân dân xã Ví Dụ báo cáo như sau:".to_owned()),
            Part::Heading("I. TÌNH HÌNH CHUNG".to_owned()),
            Part::Point("Đã tiếp nhận 45 kiến nghị.".to_owned()),
            Part::Point("Đã giải quyết xong 30 kiến nghị.".to_owned()),
            Part::Heading("II. KẾT QUẢ TỪNG KIẾN NGHỊ".to_owned()),
            Part::Table(Table {
                columns: vec![
                    Column::figures("STT", 1),
                    Column::words("Nội dung kiến nghị", 6),
                    Column::figures("Ngày trả lời", 2),
                ],
                rows: (1..=45).map(row).collect(),
            }),
            Part::Text("Trên đây là báo cáo của Ủy ban nhân dân xã Ví Dụ./.".to_owned()),
        ],
        signer: signer(),
        recipients: ["Như trên", "Lưu: VT"].map(str::to_owned).to_vec(),
    }
}

/// Every paper there is, with a name for messages.
pub(crate) fn all(demo: bool) -> Vec<(&'static str, Paper)> {
    vec![
        ("slip-01", slip_01(demo).into()),
        ("slip-02", slip_02(demo).into()),
        ("slip-03", slip_03(demo).into()),
        ("slip-04", slip_04(demo).into()),
        ("slip-06", slip_06(demo).into()),
        ("permit", permit(demo).into()),
        ("extract", extract(demo).into()),
        ("certificate", certificate(demo).into()),
        ("confirmation", confirmation(demo).into()),
        ("certified-copy", certified_copy(demo).into()),
        ("decision", decision(demo).into()),
        ("letter", letter(demo).into()),
    ]
}
