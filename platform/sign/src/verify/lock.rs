//! Fields a signature forbids to change afterwards (ISO 32000-1, 12.8.2).

use lopdf::{Dictionary, Document, Object};

use crate::revision::{resolve, value};

/// What one signature forbids.
pub(super) enum Lock {
    All,
    Only(Vec<String>),
    AllBut(Vec<String>),
}

impl Lock {
    /// Every lock written into the signature.
    pub(super) fn all_of(document: &Document, signature: &Dictionary) -> Vec<Self> {
        let Ok(references) = value(document, signature, b"Reference").as_array() else {
            return Vec::new();
        };
        references
            .iter()
            .filter_map(|reference| resolve(document, reference).as_dict().ok())
            .filter_map(|reference| Self::read(document, reference))
            .collect()
    }

    pub(super) fn forbids(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.iter().any(|name| name == field),
            Self::AllBut(names) => !names.iter().any(|name| name == field),
        }
    }

    fn read(document: &Document, reference: &Dictionary) -> Option<Self> {
        let parameters = value(document, reference, b"TransformParams").as_dict().ok()?;
        match value(document, reference, b"TransformMethod").as_name().ok()? {
            b"FieldMDP" => match value(document, parameters, b"Action").as_name().ok()? {
                b"Include" => Some(Self::Only(names(document, parameters))),
                b"Exclude" => Some(Self::AllBut(names(document, parameters))),
                _ => Some(Self::All),
            },
            // A certified document at level 1 allows no change at all (ISO 32000-1, table 254).
            b"DocMDP" => matches!(value(document, parameters, b"P"), Object::Integer(1)).then_some(Self::All),
            _ => None,
        }
    }
}

fn names(document: &Document, parameters: &Dictionary) -> Vec<String> {
    let names = value(document, parameters, b"Fields").as_array().map(Vec::as_slice);
    names
        .unwrap_or_default()
        .iter()
        .filter_map(|name| lopdf::decode_text_string(resolve(document, name)).ok())
        .collect()
}
