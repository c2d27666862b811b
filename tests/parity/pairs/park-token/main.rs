use std::thread;
use std::time::{Duration, Instant};

fn main() {
    let me = thread::current();
    me.unpark();
    me.unpark();
    thread::park();
    println!("first park is over");
    let mut start = Instant::now();
    thread::park_timeout(Duration::from_millis(20));
    println!("second had no token: {}", start.elapsed().as_millis() >= 20);
    let other = me.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        other.unpark();
    });
    start = Instant::now();
    thread::park_timeout(Duration::from_millis(2000));
    println!("third came early: {}", start.elapsed().as_millis() < 1000);
    thread::park_timeout(Duration::ZERO);
    me.unpark();
    thread::park_timeout(Duration::ZERO);
    start = Instant::now();
    thread::park_timeout(Duration::from_millis(10));
    println!("the token was taken by parkTimeout(0): {}", start.elapsed().as_millis() >= 10);
    let ended = thread::spawn(|| {});
    let thread = ended.thread().clone();
    ended.join().unwrap();
    thread.unpark();
    println!("nothing happens to a thread that has ended");
}
