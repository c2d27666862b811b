use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new(Mutex::new(1));
    let own = shared.clone();
    let worker = thread::spawn(move || {
        let mut guard = own.lock().unwrap();
        *guard = 2;
        panic!("half done");
    });
    if worker.join().is_err() {
        println!("the thread panicked");
    }
    println!("poisoned: {}", shared.is_poisoned());
}
