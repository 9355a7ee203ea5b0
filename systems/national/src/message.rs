//! What is said to the national public service portal: field names, value sets and dates as its interface has them.
//!
//! Source: the portal's interface for exchanging dossiers (`DongBoHoSoMC`, `CapNhatTienDoHoSoMC`). Every value is a text.

use base::{Result, local};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `yyyyMMddHHmmss` in Vietnam; empty for what has not been yet.
pub(crate) fn moment(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| local(at).format("%Y%m%d%H%M%S").to_string()).unwrap_or_default()
}

/// Which of the portal's services is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// The whole dossier.
    #[serde(rename = "DongBoHoSoMC")]
    Dossier,
    /// Its steps.
    #[serde(rename = "CapNhatTienDoHoSoMC")]
    Progress,
}

/// What is posted to the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope<T> {
    pub service: Service,
    /// `True` for a dossier that the portal has already.
    #[serde(rename = "isUpdating", default, skip_serializing_if = "Option::is_none")]
    pub is_updating: Option<String>,
    pub data: Vec<T>,
    /// What the portal gave for client and secret.
    pub session: String,
}

/// A dossier that was filed at the portal, and who is to receive it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Code of the agency: `H32.103`.
    #[serde(rename = "MaDinhDanhDV")]
    pub agency: String,
    #[serde(rename = "HoSo")]
    pub dossier: HoSo,
}

/// What is answered, on either side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// `00`: it has it.
    pub error_code: String,
    #[serde(default)]
    pub message: String,
}

impl Reply {
    pub fn is_accepted(&self) -> bool {
        self.error_code == "00"
    }
}

/// A dossier (`HoSo`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoSo {
    #[serde(rename = "MaHoSo")]
    pub code: String,
    #[serde(rename = "MaTTHC")]
    pub procedure_code: String,
    #[serde(rename = "TenTTHC")]
    pub procedure_name: String,
    #[serde(rename = "MaLinhVuc")]
    pub field_code: String,
    #[serde(rename = "TenLinhVuc")]
    pub field_name: String,
    /// 1 at the desk, 2 online, 3 by post.
    #[serde(rename = "KenhThucHien")]
    pub channel: String,
    #[serde(rename = "ChuHoSo")]
    pub applicant: String,
    #[serde(rename = "SoGiayToChuHoSo")]
    pub applicant_number: String,
    /// 0 a person, 1 an enterprise, 2 a household business.
    #[serde(rename = "LoaiDoiTuong")]
    pub applicant_kind: String,
    #[serde(rename = "Email")]
    pub email: String,
    #[serde(rename = "SoDienThoai")]
    pub phone: String,
    #[serde(rename = "TrichYeuHoSo")]
    pub summary: String,
    #[serde(rename = "NgayNopHoSo")]
    pub submitted: String,
    #[serde(rename = "NgayTiepNhan")]
    pub received: String,
    #[serde(rename = "NgayHenTra")]
    pub promised: String,
    /// 1 to 10.
    #[serde(rename = "TrangThaiHoSo")]
    pub state: String,
    #[serde(rename = "NgayTuChoi")]
    pub refused: String,
    #[serde(rename = "NgayTra")]
    pub returned: String,
    #[serde(rename = "NgayKetThucXuLy")]
    pub finished: String,
    /// How the result is returned: 0 at the desk, 1 by post.
    #[serde(rename = "HinhThuc")]
    pub way_back: String,
    #[serde(rename = "DonViXuLy")]
    pub agency: String,
    /// 1 the national portal, 2 the province's.
    #[serde(rename = "NoiNopHoSo")]
    pub filed_at: String,
    /// 0 or 1.
    #[serde(rename = "HoSoCoThanhPhanSoHoa")]
    pub digitised: String,
    /// 0 or 1.
    #[serde(rename = "TaiKhoanDuocXacThucVoiVNeID")]
    pub identified: String,
    #[serde(rename = "TaiLieuNop")]
    pub papers: Vec<TaiLieuNop>,
    #[serde(rename = "DanhSachHoSoBoSung")]
    pub supplements: Vec<HoSoBoSung>,
    #[serde(rename = "DanhSachGiayToKetQua")]
    pub results: Vec<GiayToKetQua>,
    #[serde(rename = "DinhDanhCHS")]
    pub identities: Vec<DinhDanh>,
}

/// A file that was handed in (`TaiLieuNop`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaiLieuNop {
    #[serde(rename = "TepDinhKemId")]
    pub id: String,
    #[serde(rename = "TenTepDinhKem")]
    pub name: String,
    #[serde(rename = "IsDeleted")]
    pub is_deleted: String,
    #[serde(rename = "MaThanhPhanHoSo")]
    pub component: String,
    #[serde(rename = "DuongDanTaiTepTin")]
    pub address: String,
    /// 0 or 1.
    #[serde(rename = "DuocSoHoa")]
    pub digitised: String,
}

/// A request to complete it (`HoSoBoSung`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HoSoBoSung {
    #[serde(rename = "HoSoBoSungId")]
    pub id: String,
    #[serde(rename = "NoiDungBoSung")]
    pub reason: String,
    #[serde(rename = "NgayBoSung")]
    pub asked: String,
    #[serde(rename = "NgayTiepNhanBoSung")]
    pub answered: String,
    /// 0 asked, 1 answered.
    #[serde(rename = "TrangThaiBoSung")]
    pub state: String,
}

/// A paper that came out (`GiayToKetQua`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GiayToKetQua {
    #[serde(rename = "TenGiayTo")]
    pub name: String,
    #[serde(rename = "GiayToId")]
    pub id: String,
    #[serde(rename = "MaGiayToKetQua")]
    pub number: String,
}

/// By what the applicant is known (`DinhDanhCHS`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DinhDanh {
    /// 1 the citizen's number, 2 the old card.
    #[serde(rename = "LoaiDinhDanh")]
    pub kind: String,
    #[serde(rename = "SoDinhDanh")]
    pub number: String,
}

/// A step of the work (`TienTrinh`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TienTrinh {
    #[serde(rename = "MaHoSo")]
    pub code: String,
    #[serde(rename = "NguoiXuLy")]
    pub person: String,
    #[serde(rename = "ChucDanh")]
    pub position: String,
    #[serde(rename = "ThoiDiemXuLy")]
    pub done: String,
    #[serde(rename = "PhongBanXuLy")]
    pub unit: String,
    #[serde(rename = "NoiDungXuLy")]
    pub what: String,
    #[serde(rename = "TrangThai")]
    pub state: String,
    #[serde(rename = "NgayBatDau")]
    pub begun: String,
    #[serde(rename = "NgayKetThucTheoQuyDinh")]
    pub due: String,
}

impl<T: Serialize> Envelope<T> {
    /// As it is posted.
    ///
    /// # Errors
    /// When it does not write, which is a defect.
    pub(crate) fn body(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// What is read and written again is the same JSON, field by field: no name is misspelt and none is lost.
    fn comes_back<T: Serialize + for<'a> Deserialize<'a>>(example: &str) -> Envelope<T> {
        let read: Envelope<T> = serde_json::from_str(example).unwrap();
        let (written, wanted): (Value, Value) =
            (serde_json::to_value(&read).unwrap(), serde_json::from_str(example).unwrap());
        assert_eq!(written, wanted);
        read
    }

    #[test]
    fn a_dossier_is_written_as_the_interface_has_it() {
        let read: Envelope<HoSo> = comes_back(include_str!("../tests/examples/DongBoHoSoMC.json"));
        assert_eq!((read.service, read.is_updating.as_deref()), (Service::Dossier, Some("False")));
        assert_eq!((read.data[0].state.as_str(), read.data[0].papers.len()), ("4", 1));
    }

    #[test]
    fn progress_is_written_as_the_interface_has_it() {
        let read: Envelope<TienTrinh> = comes_back(include_str!("../tests/examples/CapNhatTienDoHoSoMC.json"));
        assert_eq!((read.service, read.data.len()), (Service::Progress, 2));
    }

    #[test]
    fn moments_are_told_as_clocks_in_vietnam_show_them() {
        assert_eq!(moment("2026-11-20T17:30:05Z".parse().ok()), "20261121003005");
        assert_eq!(moment(None), "");
    }

    #[test]
    fn only_two_noughts_are_a_yes() {
        let of = |text: &str| serde_json::from_str::<Reply>(text).unwrap().is_accepted();
        assert!(of(r#"{"error_code":"00","message":"Thành công"}"#));
        assert!(!of(r#"{"error_code":"0"}"#) && !of(r#"{"error_code":"05","message":"Sai mã TTHC"}"#));
    }
}
