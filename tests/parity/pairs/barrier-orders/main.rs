use std::sync::{Barrier, Mutex};
use std::thread;

fn main() {
    let gate = Barrier::new(2);
    let log = Mutex::new(String::new());
    let note = |text: &str| log.lock().unwrap().push_str(text);
    thread::scope(|s| {
        for name in ["a", "b"] {
            let (gate, note) = (&gate, &note);
            s.spawn(move || {
                note(name);
                gate.wait();
                note(&name.to_uppercase());
            });
        }
    });
    println!("{}", log.lock().unwrap());
}
