use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn main() {
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let (ready, changed) = &*shared;
    changed.notify_one();
    let guard = ready.lock().unwrap();
    let (guard, end) = changed.wait_timeout(guard, ms(10)).unwrap();
    println!("nobody waited, so it is lost: {}", end.timed_out());
    let (guard, end) = changed.wait_timeout(guard, ms(0)).unwrap();
    println!("no time: {}", end.timed_out());
    let (guard, end) = changed.wait_timeout_while(guard, ms(0), |value| *value).unwrap();
    println!("does not hold: {}", end.timed_out());
    let (guard, end) = changed.wait_timeout_while(guard, ms(10), |value| !*value).unwrap();
    println!("holds: {}", end.timed_out());
    let other = shared.clone();
    let setter = thread::spawn(move || {
        let (ready, changed) = &*other;
        thread::sleep(ms(10));
        changed.notify_one();
        thread::sleep(ms(10));
        let mut own = ready.lock().unwrap();
        *own = true;
        changed.notify_one();
    });
    let start = Instant::now();
    let (guard, end) = changed.wait_timeout_while(guard, ms(2000), |value| !*value).unwrap();
    println!("in time: {} {}", end.timed_out(), *guard);
    println!("{}", start.elapsed() >= ms(20) && start.elapsed() < ms(1000));
    drop(guard);
    setter.join().unwrap();
}
