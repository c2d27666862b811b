use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Barrier;
use std::thread;

fn main() {
    let gate = Barrier::new(2);
    let arrived = AtomicI32::new(0);
    let leaders = AtomicI32::new(0);
    for round in 1..=2 {
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    arrived.fetch_add(1, SeqCst);
                    if gate.wait().is_leader() {
                        leaders.fetch_add(1, SeqCst);
                    }
                    if arrived.load(SeqCst) != 2 * round {
                        println!("too early");
                    }
                });
            }
        });
        println!("round {round}: {} leaders", leaders.load(SeqCst));
    }
    println!("alone: {}", Barrier::new(1).wait().is_leader());
}
