use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Arc;
use std::thread;

fn main() {
    let x = Arc::new(AtomicI32::new(0));
    let y = Arc::new(AtomicI32::new(0));
    let (own_x, own_y) = (x.clone(), y.clone());
    let other = thread::spawn(move || {
        own_x.store(1, SeqCst);
        own_y.load(SeqCst)
    });
    for _ in 0..20 {
        std::hint::spin_loop();
    }
    y.store(1, SeqCst);
    let seen = x.load(SeqCst);
    println!("{} {}", seen, other.join().unwrap());
}
