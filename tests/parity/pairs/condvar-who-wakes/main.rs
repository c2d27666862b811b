use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new((0, String::new())), Condvar::new()));
    let threads: Vec<_> = ["a", "b"]
        .into_iter()
        .map(|name| {
            let shared = shared.clone();
            thread::spawn(move || {
                let (state, changed) = &*shared;
                let mut guard = state.lock().unwrap();
                while guard.0 == 0 {
                    guard = changed.wait(guard).unwrap();
                }
                guard.0 -= 1;
                guard.1.push_str(name);
            })
        })
        .collect();
    thread::yield_now();
    let (state, changed) = &*shared;
    for _ in 0..2 {
        let mut guard = state.lock().unwrap();
        guard.0 += 1;
        changed.notify_one();
    }
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{}", state.lock().unwrap().1);
}
