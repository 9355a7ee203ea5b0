/// The types of file that people may hand in. The type is read from the bytes, never from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Jpeg,
    Png,
    Docx,
    Xlsx,
    Ods,
}

impl FileKind {
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    pub fn from_mime(mime: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Docx, Self::Xlsx, Self::Ods]
            .into_iter()
            .find(|kind| kind.mime() == mime)
    }
}

/// Reads the type from the first bytes of a file; `None` for what is not taken, a program among it.
pub fn sniff(head: &[u8]) -> Option<FileKind> {
    FileKind::from_mime(infer::get(head)?.mime_type())
}

/// The same of videos as telephones make them.
pub(crate) fn sniff_video(head: &[u8]) -> Option<&'static str> {
    let mime = infer::get(head)?.mime_type();
    ["video/mp4", "video/quicktime", "video/3gpp", "video/webm"].into_iter().find(|known| *known == mime)
}
