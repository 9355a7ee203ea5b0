//! The short lists of words that a letter is described by.

/// Writes a list of words with the same three functions each.
macro_rules! words {
    ($(#[$about:meta])* $name:ident, $text:literal { $($(#[$of:meta])* $word:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$of])* $word,)+
        }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$word,)+];

            /// As it stands in rows and data.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $code,)+
                }
            }

            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }

            /// Key of its name on screen.
            pub fn text(self) -> String {
                format!($text, self.as_str())
            }
        }
    };
}

words! {
    /// Loại đơn.
    Kind, "complaints-kind-{}" {
        /// Khiếu nại.
        Complaint = "complaint",
        /// Tố cáo: who sends it is sealed.
        Denunciation = "denunciation",
        /// Kiến nghị, phản ánh.
        Other = "other",
        /// Đơn có nhiều nội dung.
        Mixed = "mixed",
    }
}

impl Kind {
    /// By which rules it is read: a letter of several matters as one that asks for something.
    pub const fn rules(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Denunciation => "denunciation",
            Self::Other | Self::Mixed => "other",
        }
    }
}

words! {
    /// How a letter came.
    Source, "complaints-source-{}" {
        /// Nộp trực tiếp.
        Desk = "desk",
        /// Qua bưu chính.
        Post = "post",
        /// Tại buổi tiếp công dân.
        Reception = "reception",
        /// Qua cổng.
        Portal = "portal",
        /// Cơ quan khác chuyển đến.
        Agency = "agency",
    }
}

words! {
    /// What becomes of a letter that was read.
    Outcome, "complaints-outcome-{}" {
        /// Thụ lý.
        Accept = "accept",
        /// Hướng dẫn, một lần.
        Guide = "guide",
        /// Chuyển đơn.
        Transfer = "transfer",
        /// Trả đơn, không thụ lý.
        Return = "return",
        /// Lưu đơn.
        File = "file",
    }
}

impl Outcome {
    /// Where a letter stands with it.
    pub const fn state(self) -> super::State {
        match self {
            Self::Accept => super::State::Accepted,
            Self::Guide => super::State::Guided,
            Self::Transfer => super::State::Transferred,
            Self::Return => super::State::Returned,
            Self::File => super::State::Filed,
        }
    }
}

words! {
    /// What was found.
    Finding, "complaints-finding-{}" {
        /// Đúng.
        Right = "right",
        /// Sai.
        Wrong = "wrong",
        /// Đúng một phần.
        Partly = "partly",
    }
}

words! {
    /// How much work a matter is; an extension is a step up (gia hạn).
    Complexity, "complaints-complexity-{}" {
        Plain = "plain",
        /// Phức tạp.
        Complex = "complex",
        /// Đặc biệt phức tạp.
        VeryComplex = "very-complex",
    }
}

impl Complexity {
    /// What an extension makes of it.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Plain => Some(Self::Complex),
            Self::Complex => Some(Self::VeryComplex),
            Self::VeryComplex => None,
        }
    }
}
