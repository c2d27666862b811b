use std::sync::{Arc, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new(Mutex::new(1));
    let own = shared.clone();
    let worker = thread::spawn(move || {
        let mut guard = own.lock().unwrap();
        thread::yield_now();
        *guard = 2;
    });
    thread::yield_now();
    match shared.try_lock() {
        Ok(guard) => println!("locked {}", *guard),
        Err(_) => println!("would-block"),
    }
    println!("{}", worker.is_finished());
    while !worker.is_finished() {
        thread::yield_now();
    }
    println!("{}", worker.is_finished());
    worker.join().unwrap();
}
