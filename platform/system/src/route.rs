use axum::handler::Handler;
use axum::routing::{self, MethodRouter};

use crate::access::Access;
use crate::app::App;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// With what a route is called when the access table is tested: a thing of the demo that fills its parameters,
/// and the fields of its body. The thing says to whom it belongs and who may use the route.
///
/// In a name or a value `{draft}` is what the thing calls so. The value `@file` is a file of the thing; with an empty
/// name it is the whole body. A name `?x` belongs to the query, the name `*` gives a JSON object whose leaves are the
/// fields of a form. On the API the fields make a JSON object of texts, objects and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Name of the demo's thing: `dossier-to-receive`.
    pub thing: &'static str,
    pub body: &'static [(&'static str, &'static str)],
}

/// One address, who may come in, and what answers.
#[derive(Clone)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub access: Access,
    pub example: Option<Example>,
    pub handler: MethodRouter<App>,
}

/// The addresses of a system, in reading order.
#[derive(Clone, Default)]
pub struct Routes(Vec<Route>);

impl Routes {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    #[must_use]
    pub fn get<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::Get, path, access, routing::get(handler))
    }

    #[must_use]
    pub fn post<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::Post, path, access, routing::post(handler))
    }

    #[must_use]
    pub fn delete<H, T>(self, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::Delete, path, access, routing::delete(handler))
    }

    fn add(mut self, method: Method, path: &'static str, access: Access, handler: MethodRouter<App>) -> Self {
        self.0.push(Route { method, path, access, example: None, handler });
        self
    }

    /// Says with what the route just added is called in the access test.
    #[must_use]
    pub fn example(mut self, thing: &'static str, body: &'static [(&'static str, &'static str)]) -> Self {
        if let Some(route) = self.0.last_mut() {
            route.example = Some(Example { thing, body });
        }
        self
    }

    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    pub fn into_vec(self) -> Vec<Route> {
        self.0
    }
}
