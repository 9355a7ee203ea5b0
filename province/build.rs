//! Embedded folders are read at compile time; a new file in one of them must lead to a new build.

fn main() {
    for folder in ["national", "khanh-hoa", "cao-bang", "demo"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
