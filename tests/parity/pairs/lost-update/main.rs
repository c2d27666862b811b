use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::thread;

fn main() {
    let count = AtomicI32::new(0);
    thread::scope(|s| {
        for _ in 0..2 {
            s.spawn(|| {
                for _ in 0..2 {
                    let before = count.load(SeqCst);
                    thread::yield_now();
                    count.store(before + 1, SeqCst);
                }
            });
        }
    });
    println!("{}", count.load(SeqCst));
}
