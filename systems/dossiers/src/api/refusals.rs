//! The problems a call may end in, for the OpenAPI document.

use std::collections::BTreeMap;

use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};
use web::api::Problem;

type Responses = BTreeMap<String, RefOr<Response>>;

const ALWAYS: [(u16, &str); 4] = [
    (401, "No token, or one that is not valid any more"),
    (403, "The account may not do this"),
    (500, "A defect; `instance` finds it in the log"),
    (503, "Busy; the same call may go through later"),
];
const UNREADABLE: (u16, &str) = (422, "Something does not read or is not accepted; `errors` names each field");
const UNKNOWN: (u16, &str) = (404, "It does not exist, or not for this account");
const CONFLICT: (u16, &str) = (409, "The dossier has moved on, or its state does not allow this");
const TOO_LARGE: (u16, &str) = (413, "Larger than is taken");
const TOO_MANY: (u16, &str) = (429, "Too many files within a day");

fn problems(list: impl IntoIterator<Item = (u16, &'static str)>) -> Responses {
    let response = |(status, description): (u16, &str)| {
        let content = Content::new(Some(Ref::from_schema_name(Problem::name())));
        let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
        (status.to_string(), RefOr::T(response.build()))
    };
    list.into_iter().map(response).collect()
}

/// Of a list.
pub(super) struct Listing;

impl IntoResponses for Listing {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNREADABLE]))
    }
}

/// Of reading one thing.
pub(super) struct Reading;

impl IntoResponses for Reading {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNKNOWN]))
    }
}

/// Of sending a dossier in.
pub(super) struct Making;

impl IntoResponses for Making {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNREADABLE, CONFLICT, TOO_LARGE]))
    }
}

/// Of sending a file.
pub(super) struct Receiving;

impl IntoResponses for Receiving {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNREADABLE, TOO_LARGE, TOO_MANY]))
    }
}

/// Of doing something to a dossier.
pub(super) struct Acting;

impl IntoResponses for Acting {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNREADABLE, UNKNOWN, CONFLICT]))
    }
}

/// Of doing something to a dossier with a body that says what.
pub(super) struct Changing;

impl IntoResponses for Changing {
    fn responses() -> Responses {
        problems(ALWAYS.into_iter().chain([UNREADABLE, UNKNOWN, CONFLICT, TOO_LARGE]))
    }
}
