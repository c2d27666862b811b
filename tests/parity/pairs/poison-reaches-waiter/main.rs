use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

fn main() {
    let shared = Arc::new((Mutex::new(false), Condvar::new()));
    let (tell, told) = channel();
    let own = shared.clone();
    let waiter = thread::spawn(move || {
        let (ready, changed) = &*own;
        let guard = ready.lock().unwrap();
        tell.send("it has the lock").unwrap();
        match changed.wait_while(guard, |value| !*value) {
            Ok(guard) => format!("ready: {}", *guard),
            Err(_) => "PoisonError".to_string(),
        }
    });
    let own = shared.clone();
    let setter = thread::spawn(move || {
        let (ready, changed) = &*own;
        told.recv().unwrap();
        let mut guard = ready.lock().unwrap();
        *guard = true;
        changed.notify_one();
        panic!("too soon");
    });
    println!("{}", waiter.join().unwrap());
    if let Err(panic) = setter.join() {
        println!("{}", panic.downcast_ref::<&str>().unwrap());
    }
}
