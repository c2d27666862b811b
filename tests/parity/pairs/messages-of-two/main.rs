use std::sync::mpsc::channel;
use std::thread;

fn main() {
    let (tx, rx) = channel();
    for name in ["a", "b"] {
        let own = tx.clone();
        thread::spawn(move || {
            own.send(format!("{name}1")).unwrap();
            thread::yield_now();
            own.send(format!("{name}2")).unwrap();
        });
    }
    drop(tx);
    println!("{}", rx.iter().collect::<Vec<_>>().join(" "));
}
