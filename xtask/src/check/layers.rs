use super::Finding;
use super::tree::Tree;
use crate::workspace::Crate;

/// The ground, from the bottom up: a crate knows those above it in this list and no other.
const GROUND: [&str; 21] = [
    "base",
    "geo",
    "store-macros",
    "store",
    "journal",
    "contracts",
    "files",
    "photos",
    "system",
    "ui",
    "web",
    "worktime",
    "province",
    "directory",
    "identity",
    "flow",
    "form",
    "print",
    "sign",
    "exchange",
    "notify",
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.crates.iter().flat_map(of_crate).collect()
}

fn of_crate(one: &Crate) -> Vec<Finding> {
    let manifest = format!("{}/Cargo.toml", one.folder);
    let finding = |message: String| Finding::new(&manifest, 1, message);
    let place = GROUND.iter().position(|name| *name == one.name);
    let below = match (one.folder.split('/').next(), place) {
        // The program itself knows everybody, the tools whom they need.
        (Some("app" | "xtask" | "bench" | "tests"), _) => return Vec::new(),
        (Some("systems"), _) => &GROUND[..],
        (_, Some(place)) => &GROUND[..place],
        (_, None) => return vec![finding(format!("`{}` has no place in the order of the ground", one.name))],
    };
    let wrong = one.depends_on.iter().filter(|name| !below.contains(&name.as_str()));
    wrong.map(|name| finding(format!("`{}` may not know `{name}`", one.name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_looks_up_or_sideways() {
        let tree = Tree::of(
            &[],
            &[
                ("store", "platform/store", &["base", "store-macros"]),
                ("base", "platform/base", &["store"]),
                ("journal", "platform/journal", &["dossiers"]),
                ("dossiers", "systems/dossiers", &["web", "procedures"]),
                ("lonely", "platform/lonely", &[]),
                ("tinhso", "app", &["dossiers", "web"]),
            ],
        );
        let messages: Vec<String> = check(&tree).into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            messages,
            [
                "`base` may not know `store`",
                "`journal` may not know `dossiers`",
                "`dossiers` may not know `procedures`",
                "`lonely` has no place in the order of the ground",
            ]
        );
    }
}
