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

impl Verdict {
    /// The text that names it.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Valid => "sign-verdict-valid",
            Self::Undetermined => "sign-verdict-undetermined",
            Self::Invalid => "sign-verdict-invalid",
        }
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
    /// The certificate had been revoked at the claimed time.
    CertificateRevoked,
    /// The certificate was revoked since, and nothing proves that the signature is older (ETSI EN 319 102-1: no proof of existence).
    CertificateRevokedSince,
    /// Whether its authority revoked the certificate was not looked up.
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
            | Self::CertificateRevokedSince
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
            | Self::CertificateRevoked
            | Self::CertificateWrongUsage
            | Self::LockedFieldChanged
            | Self::PageChangedAfter => Verdict::Invalid,
        }
    }

    /// The text that says it in one plain sentence.
    pub fn text_key(self) -> &'static str {
        match self {
            Self::Unreadable => "sign-finding-unreadable",
            Self::Encrypted => "sign-finding-encrypted",
            Self::NoSignature => "sign-finding-no-signature",
            Self::TooManySignatures => "sign-finding-too-many-signatures",
            Self::RangeMalformed => "sign-finding-range-malformed",
            Self::RangeNotFromStart => "sign-finding-range-not-from-start",
            Self::RangeOverlaps => "sign-finding-range-overlaps",
            Self::RangePastEnd => "sign-finding-range-past-end",
            Self::RangeLeavesGap => "sign-finding-range-leaves-gap",
            Self::RangeCutsRevision => "sign-finding-range-cuts-revision",
            Self::NotInItsRevision => "sign-finding-not-in-its-revision",
            Self::DamagedRevision => "sign-finding-damaged-revision",
            Self::DigestMismatch => "sign-finding-digest-mismatch",
            Self::MalformedSignature => "sign-finding-malformed-signature",
            Self::UnsupportedFormat => "sign-finding-unsupported-format",
            Self::UnsupportedAlgorithm => "sign-finding-unsupported-algorithm",
            Self::WeakAlgorithm => "sign-finding-weak-algorithm",
            Self::SignatureMismatch => "sign-finding-signature-mismatch",
            Self::OtherCertificateMeant => "sign-finding-other-certificate-meant",
            Self::CertificateNotBound => "sign-finding-certificate-not-bound",
            Self::CertificateNotYetValid => "sign-finding-certificate-not-yet-valid",
            Self::CertificateExpired => "sign-finding-certificate-expired",
            Self::CertificateWrongUsage => "sign-finding-certificate-wrong-usage",
            Self::CertificateUnreadable => "sign-finding-certificate-unreadable",
            Self::UnknownIssuer => "sign-finding-unknown-issuer",
            Self::UnfitAuthority => "sign-finding-unfit-authority",
            Self::ClaimsFutureTime => "sign-finding-claims-future-time",
            Self::NoClaimedTime => "sign-finding-no-claimed-time",
            Self::CertificateExpiredSince => "sign-finding-certificate-expired-since",
            Self::CertificateRevoked => "sign-finding-certificate-revoked",
            Self::CertificateRevokedSince => "sign-finding-certificate-revoked-since",
            Self::RevocationNotChecked => "sign-finding-revocation-not-checked",
            Self::FormFilledOrSignedAfter => "sign-finding-form-filled-or-signed-after",
            Self::LockedFieldChanged => "sign-finding-locked-field-changed",
            Self::PageChangedAfter => "sign-finding-page-changed-after",
            Self::UnknownChangesAfter => "sign-finding-unknown-changes-after",
            Self::BytesAppended => "sign-finding-bytes-appended",
        }
    }
}
