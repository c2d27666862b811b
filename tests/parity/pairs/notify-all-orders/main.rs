use std::sync::{Condvar, Mutex};
use std::thread;

fn main() {
    let state = Mutex::new((false, String::new()));
    let opened = Condvar::new();
    thread::scope(|s| {
        for name in ["a", "b"] {
            let (state, opened) = (&state, &opened);
            s.spawn(move || {
                let mut guard = opened.wait_while(state.lock().unwrap(), |value| !value.0).unwrap();
                guard.1.push_str(name);
            });
        }
        let mut guard = state.lock().unwrap();
        guard.0 = true;
        guard.1.push('!');
        opened.notify_all();
    });
    println!("{}", state.lock().unwrap().1);
}
