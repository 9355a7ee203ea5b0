//! Fonts for printed papers, TrueType with all Vietnamese letters, SIL Open Font License 1.1.
//!
//! Tinos has the measures of Times New Roman, which the layout of official documents asks for
//! (Decree 30/2020/NĐ-CP, Appendix I); Be Vietnam Pro is the face of the pages.

macro_rules! fonts {
    ($($name:ident),+ $(,)?) => {
        $(
            #[doc = concat!("`", stringify!($name), "` as a TrueType file.")]
            pub const $name: &[u8] =
                include_bytes!(concat!(env!("OUT_DIR"), "/fonts/", stringify!($name), ".ttf"));
        )+

        #[cfg(test)]
        const ALL: &[(&str, &[u8])] = &[$((stringify!($name), $name)),+];
    };
}

fonts! {
    TINOS_REGULAR,
    TINOS_BOLD,
    TINOS_ITALIC,
    TINOS_BOLD_ITALIC,
    BE_VIETNAM_PRO_REGULAR,
    BE_VIETNAM_PRO_SEMIBOLD,
    BE_VIETNAM_PRO_BOLD,
    BE_VIETNAM_PRO_ITALIC,
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_font_is_truetype() {
        for (name, bytes) in super::ALL {
            assert!(bytes.starts_with(&[0, 1, 0, 0]), "{name}");
            assert!(bytes.len() > 100_000, "{name}");
        }
    }
}
