use std::fmt;

use serde::Serialize;

/// The three answers of Circular 22/2020/TT-BTTTT, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Hợp lệ.
    Valid,
    /// Không xác định: neither proven nor disproven with what is at hand.
    Undetermined,
    /// Không hợp lệ.
    Invalid,
}

impl fmt::Display for Verdict {
    /// The answer in Vietnamese.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Valid => "Hợp lệ",
            Self::Undetermined => "Không xác định",
            Self::Invalid => "Không hợp lệ",
        })
    }
}

/// One thing the verifier found, good to know or decisive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Finding {
    // about the file
    /// Not a PDF, or not one that can be read without guessing.
    Unreadable,
    /// Protected by a password.
    Encrypted,
    /// No field holds a signature.
    NoSignature,
    /// More signatures than are judged.
    TooManySignatures,

    // about what is signed
    /// `/ByteRange` is not four non-negative whole numbers.
    RangeMalformed,
    /// The signed bytes do not begin with the file.
    RangeNotFromStart,
    /// The signed parts overlap or stand in the wrong order.
    RangeOverlaps,
    /// The signed bytes reach past the end of the file.
    RangePastEnd,
    /// The bytes left out are not exactly this signature's value.
    RangeLeavesGap,
    /// The signed part does not end where a revision ends.
    RangeCutsRevision,
    /// The field was not signed yet in the bytes the signature covers: it was copied from elsewhere.
    NotInItsRevision,
    /// The signed revision cannot be read by itself.
    DamagedRevision,
    /// The signed bytes are not those that were signed.
    DigestMismatch,

    // about the signature
    /// The signature value is not CMS as PDF prescribes it.
    MalformedSignature,
    /// A kind of signature this program does not judge (a time stamp, an old format).
    UnsupportedFormat,
    /// An algorithm this program does not know.
    UnsupportedAlgorithm,
    /// SHA-1, MD5 or an RSA key under 2048 bits.
    WeakAlgorithm,
    /// The key did not make this signature.
    SignatureMismatch,
    /// The signer meant another certificate than the one enclosed.
    OtherCertificateMeant,
    /// The signature does not say which certificate was meant, as PAdES demands.
    CertificateNotBound,

    // about the signer
    /// The certificate was not valid yet at the claimed time.
    CertificateNotYetValid,
    /// The certificate had expired at the claimed time.
    CertificateExpired,
    /// The certificate is not meant for signing documents.
    CertificateWrongUsage,
    /// The certificate's contents cannot be read.
    CertificateUnreadable,
    /// No path to a trusted authority.
    UnknownIssuer,
    /// An authority on the path was not entitled to issue.
    UnfitAuthority,
    /// The signature claims a time to come.
    ClaimsFutureTime,
    /// The signature claims no time; the certificate was judged by today.
    NoClaimedTime,
    /// The certificate has expired since; the claimed time is not proven by a time stamp.
    CertificateExpiredSince,
    /// Whether the certificate was revoked was not looked up.
    RevocationNotChecked,

    // about what came after
    /// Form fields were filled or signed afterwards, as the form allows.
    FormFilledOrSignedAfter,
    /// A field this signature locked was changed.
    LockedFieldChanged,
    /// What the pages show was changed.
    PageChangedAfter,
    /// Something else was changed.
    UnknownChangesAfter,
    /// Bytes were appended that belong to no revision.
    BytesAppended,
}

impl Finding {
    /// The best verdict a signature with this finding can have.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::NoClaimedTime
            | Self::CertificateExpiredSince
            | Self::RevocationNotChecked
            | Self::FormFilledOrSignedAfter => Verdict::Valid,
            Self::Unreadable
            | Self::Encrypted
            | Self::NoSignature
            | Self::TooManySignatures
            | Self::DamagedRevision
            | Self::UnsupportedFormat
            | Self::UnsupportedAlgorithm
            | Self::WeakAlgorithm
            | Self::CertificateNotBound
            | Self::CertificateUnreadable
            | Self::UnknownIssuer
            | Self::UnfitAuthority
            | Self::ClaimsFutureTime
            | Self::UnknownChangesAfter
            | Self::BytesAppended => Verdict::Undetermined,
            Self::RangeMalformed
            | Self::RangeNotFromStart
            | Self::RangeOverlaps
            | Self::RangePastEnd
            | Self::RangeLeavesGap
            | Self::RangeCutsRevision
            | Self::NotInItsRevision
            | Self::DigestMismatch
            | Self::MalformedSignature
            | Self::SignatureMismatch
            | Self::OtherCertificateMeant
            | Self::CertificateNotYetValid
            | Self::CertificateExpired
            | Self::CertificateWrongUsage
            | Self::LockedFieldChanged
            | Self::PageChangedAfter => Verdict::Invalid,
        }
    }
}

impl fmt::Display for Finding {
    /// The reason in plain Vietnamese.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unreadable => "Tệp không phải PDF hoặc cấu trúc bị hỏng, không đọc được.",
            Self::Encrypted => "Tệp được đặt mật khẩu nên không kiểm tra được.",
            Self::NoSignature => "Tệp không có chữ ký số nào.",
            Self::TooManySignatures => "Tệp có quá nhiều chữ ký số nên không kiểm tra.",
            Self::RangeMalformed => "Vùng dữ liệu được ký ghi sai quy cách.",
            Self::RangeNotFromStart => "Vùng dữ liệu được ký không bắt đầu từ đầu tệp.",
            Self::RangeOverlaps => "Các phần dữ liệu được ký chồng lên nhau hoặc sai thứ tự.",
            Self::RangePastEnd => "Vùng dữ liệu được ký vượt quá cuối tệp.",
            Self::RangeLeavesGap => "Có dữ liệu nằm ngoài vùng được ký mà không phải là giá trị chữ ký.",
            Self::RangeCutsRevision => "Vùng dữ liệu được ký không kết thúc ở cuối một phiên bản của tệp.",
            Self::NotInItsRevision => "Chữ ký được chép từ nơi khác, không thuộc phiên bản mà nó ký.",
            Self::DamagedRevision => "Không đọc được phiên bản đã ký của tệp.",
            Self::DigestMismatch => "Nội dung đã ký bị thay đổi.",
            Self::MalformedSignature => "Giá trị chữ ký sai quy cách.",
            Self::UnsupportedFormat => "Định dạng chữ ký chưa được hỗ trợ kiểm tra.",
            Self::UnsupportedAlgorithm => "Thuật toán ký chưa được hỗ trợ kiểm tra.",
            Self::WeakAlgorithm => "Thuật toán hoặc độ dài khóa không còn an toàn.",
            Self::SignatureMismatch => "Chữ ký không do khóa của chứng thư này tạo ra.",
            Self::OtherCertificateMeant => "Chứng thư kèm theo không phải chứng thư người ký đã dùng.",
            Self::CertificateNotBound => "Chữ ký không ghi rõ chứng thư người ký đã dùng.",
            Self::CertificateNotYetValid => "Chứng thư chưa có hiệu lực tại thời điểm ký.",
            Self::CertificateExpired => "Chứng thư đã hết hạn tại thời điểm ký.",
            Self::CertificateWrongUsage => "Chứng thư không được cấp để ký văn bản.",
            Self::CertificateUnreadable => "Không đọc được nội dung chứng thư.",
            Self::UnknownIssuer => "Chứng thư không do tổ chức chứng thực được tin cậy cấp.",
            Self::UnfitAuthority => "Tổ chức cấp chứng thư không có quyền cấp tại thời điểm ký.",
            Self::ClaimsFutureTime => "Thời điểm ký ghi trong chữ ký nằm ở tương lai.",
            Self::NoClaimedTime => "Chữ ký không ghi thời điểm ký; hiệu lực chứng thư được xét theo thời điểm kiểm tra.",
            Self::CertificateExpiredSince => "Chứng thư có hiệu lực tại thời điểm ký nhưng nay đã hết hạn; thời điểm ký chưa có dấu thời gian chứng minh.",
            Self::RevocationNotChecked => "Chưa tra cứu tình trạng thu hồi của chứng thư.",
            Self::FormFilledOrSignedAfter => "Sau chữ ký này chỉ có việc điền biểu mẫu hoặc ký thêm được cho phép.",
            Self::LockedFieldChanged => "Trường đã bị chữ ký này khóa lại bị thay đổi.",
            Self::PageChangedAfter => "Nội dung trang bị thay đổi sau khi ký.",
            Self::UnknownChangesAfter => "Tệp bị thay đổi sau khi ký, không rõ ảnh hưởng.",
            Self::BytesAppended => "Cuối tệp có thêm dữ liệu không thuộc phiên bản nào.",
        })
    }
}
