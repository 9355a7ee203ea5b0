//! What the system promises, on both databases.

#[cfg(test)]
mod filing;
