//! The two faces: people who report and read, officers at the desk.

mod citizen;
mod clock;
mod desk;
#[cfg(test)]
mod fixture;
mod pictures;
#[cfg(test)]
mod tests;
mod timeline;
mod view;

use std::net::IpAddr;

use ::system::Routes;
use web::Visitor;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes())
}

/// Whose sendings are counted together: an IPv6 subscriber has a whole /64 to choose from.
pub(crate) fn sender(visitor: &Visitor) -> Option<String> {
    visitor.address.map(|address| match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    })
}
