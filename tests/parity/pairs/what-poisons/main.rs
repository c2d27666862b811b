use std::sync::{Arc, Mutex, RwLock};
use std::thread;

fn main() {
    let mutex = Arc::new(Mutex::new(0));
    let own = mutex.clone();
    let _ = thread::spawn(move || {
        let guard = own.lock().unwrap();
        drop(guard);
        panic!("after");
    })
    .join();
    println!("a panic after the unlock: {}", mutex.is_poisoned());
    let rw_lock = Arc::new(RwLock::new(0));
    let own = rw_lock.clone();
    let _ = thread::spawn(move || {
        let _guard = own.read().unwrap();
        panic!("reading");
    })
    .join();
    println!("a panic of a reader: {}", rw_lock.is_poisoned());
    let own = rw_lock.clone();
    let _ = thread::spawn(move || {
        let mut guard = own.write().unwrap();
        *guard = 5;
        panic!("writing");
    })
    .join();
    println!("a panic of a writer: {}", rw_lock.is_poisoned());
    println!("{}", if rw_lock.read().is_err() { "PoisonError" } else { "reads" });
    println!("{}", *rw_lock.read().unwrap_or_else(|poisoned| poisoned.into_inner()));
}
