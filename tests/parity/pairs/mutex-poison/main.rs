use std::sync::{Arc, Mutex, TryLockError};
use std::thread;

fn main() {
    let shared = Arc::new(Mutex::new(1));
    let other = shared.clone();
    let worker = thread::spawn(move || {
        let mut guard = other.lock().unwrap();
        *guard = 2;
        panic!("half done");
    });
    if let Err(panic) = worker.join() {
        println!("the thread panicked: {}", panic.downcast_ref::<&str>().unwrap());
    }
    println!("poisoned: {}", shared.is_poisoned());
    if shared.lock().is_err() {
        println!("lock: PoisonError");
    }
    if let Err(TryLockError::Poisoned(_)) = shared.try_lock() {
        println!("tryLock: PoisonError");
    }
    let guard = shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    println!("value: {}", *guard);
    println!("still poisoned: {}", shared.is_poisoned());
}
