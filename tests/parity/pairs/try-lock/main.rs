use std::sync::{Arc, Barrier, Mutex, RwLock, TryLockError};
use std::thread;

fn show<T>(result: &Result<T, TryLockError<T>>, word: &'static str) -> &'static str {
    match result {
        Ok(_) => word,
        Err(TryLockError::WouldBlock) => "would-block",
        Err(TryLockError::Poisoned(_)) => "poisoned",
    }
}

fn main() {
    let mutex = Arc::new(Mutex::new(0));
    let rw_lock = Arc::new(RwLock::new(0));
    let held = Arc::new(Barrier::new(2));
    let free = Arc::new(Barrier::new(2));
    let holder = thread::spawn({
        let (mutex, rw_lock, held, free) = (mutex.clone(), rw_lock.clone(), held.clone(), free.clone());
        move || {
            let _guard = mutex.lock().unwrap();
            let _reader = rw_lock.read().unwrap();
            held.wait();
            free.wait();
        }
    });
    held.wait();
    println!("{}", show(&mutex.try_lock(), "locked"));
    println!("{}", show(&rw_lock.try_read(), "reads"));
    println!("{}", show(&rw_lock.try_write(), "writes"));
    free.wait();
    holder.join().unwrap();
    println!("{}", show(&mutex.try_lock(), "locked"));
    let writer = rw_lock.try_write();
    let second = rw_lock.try_write();
    let reader = rw_lock.try_read();
    println!("{} {} {}", writer.is_ok(), second.is_ok(), reader.is_ok());
}
