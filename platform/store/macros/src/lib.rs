//! `#[store::test]`: one database test written once and run on both databases.

use proc_macro::TokenStream;
use quote::{format_ident, quote};
use syn::{FnArg, ItemFn, parse_macro_input};

/// Turns `async fn name(given: Fixture)` into the tests `name_sqlite` and `name_postgres`.
#[proc_macro_attribute]
pub fn test(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as ItemFn);
    let Some(FnArg::Typed(given)) = function.sig.inputs.first() else {
        return syn::Error::new_spanned(&function.sig, "a database test takes one fixture").to_compile_error().into();
    };
    let fixture = &given.ty;
    let name = &function.sig.ident;
    let attributes = &function.attrs;
    let (signature, block) = (&function.sig, &function.block);
    let halves = [("sqlite", quote!(Sqlite)), ("postgres", quote!(Postgres))].map(|(suffix, kind)| {
        let test = format_ident!("{name}_{suffix}");
        quote! {
            #(#attributes)*
            #[::core::prelude::v1::test]
            fn #test() {
                ::store::testing::run(async {
                    let database = ::store::testing::TestDatabase { kind: ::store::Kind::#kind };
                    let given = <#fixture as ::store::testing::OnDatabase>::on(database).await;
                    #name(given).await
                });
            }
        }
    });
    quote!(#signature #block #(#halves)*).into()
}
