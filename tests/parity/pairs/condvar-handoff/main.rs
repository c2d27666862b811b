use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new((0, Vec::new())), Condvar::new()));
    let threads: Vec<_> = (0..3)
        .map(|me| {
            let shared = shared.clone();
            thread::spawn(move || {
                let (turn, changed) = &*shared;
                for round in 0..2 {
                    let guard = turn.lock().unwrap();
                    let mut guard = changed.wait_while(guard, |state| state.0 % 3 != me).unwrap();
                    guard.1.push(format!("{round}{me}"));
                    guard.0 += 1;
                    changed.notify_all();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("{}", shared.0.lock().unwrap().1.join(" "));
}
