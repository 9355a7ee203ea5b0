//! The description of the whole API (OpenAPI 3.1), put together from the systems.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};

pub(crate) fn document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Tỉnh Số")
        .version("1")
        .description(Some("A province's digital government. Errors are problems by RFC 9457."))
        .license(Some(utoipa::openapi::License::new("Apache-2.0")))
        .build();
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = ComponentsBuilder::new().security_scheme("token", token).build();
    let mut document = OpenApiBuilder::new().info(info).components(Some(components)).build();
    document.merge(procedures::openapi());
    document.merge(dossiers::openapi());
    document
}
