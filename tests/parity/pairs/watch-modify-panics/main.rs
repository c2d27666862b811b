use std::panic::{catch_unwind, AssertUnwindSafe};
use tokio::sync::watch;

fn main() {
    let (tx, rx) = watch::channel(1);
    let modified = catch_unwind(AssertUnwindSafe(|| {
        tx.send_modify(|value| {
            *value = 2;
            panic!("half done");
        })
    }));
    if modified.is_err() {
        println!("panicked");
    }
    println!("{} {}", rx.has_changed().unwrap(), *rx.borrow());
}
