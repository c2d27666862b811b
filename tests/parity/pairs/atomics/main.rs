use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst};

fn show<T: std::fmt::Display>(result: Result<T, T>) -> String {
    match result {
        Ok(value) => format!("ok {value}"),
        Err(value) => format!("error {value}"),
    }
}

fn main() {
    let n = AtomicI32::new(i32::MAX);
    println!("{} {}", n.fetch_add(1, SeqCst), n.load(SeqCst));
    println!("{} {}", n.fetch_sub(1, SeqCst), n.load(SeqCst));
    n.store(12, SeqCst);
    println!("{} {} {}", n.fetch_max(20, SeqCst), n.fetch_min(5, SeqCst), n.load(SeqCst));
    println!(
        "{} {} {} {}",
        n.fetch_and(6, SeqCst),
        n.fetch_or(9, SeqCst),
        n.fetch_xor(-1, SeqCst),
        n.load(SeqCst)
    );
    println!("{} {}", n.swap(3, SeqCst), n.load(SeqCst));
    println!("{}", show(n.compare_exchange(4, 5, SeqCst, SeqCst)));
    println!("{} {}", show(n.compare_exchange(3, 5, SeqCst, SeqCst)), n.load(SeqCst));
    let flag = AtomicBool::new(false);
    println!("{} {}", flag.swap(true, SeqCst), flag.load(SeqCst));
    println!("{}", show(flag.compare_exchange(false, true, SeqCst, SeqCst)));
}
