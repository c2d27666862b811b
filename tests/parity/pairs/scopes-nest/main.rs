use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

fn main() {
    let log = Mutex::new(Vec::new());
    let done = AtomicI32::new(0);
    let note = |text: &str| log.lock().unwrap().push(text.to_string());
    let sum = thread::scope(|s| {
        let outer = s.spawn(|| {
            let inner = s.spawn(|| {
                thread::sleep(Duration::from_millis(50));
                note("inner");
                done.fetch_add(1, SeqCst);
                2
            });
            note("outer");
            inner
        });
        let inner = outer.join().unwrap();
        note("joined the outer");
        inner.join().unwrap() + 1
    });
    note(&format!("sum {sum}"));
    thread::scope(|s| {
        s.spawn(|| {
            thread::scope(|t| {
                t.spawn(|| {
                    thread::sleep(Duration::from_millis(20));
                    done.fetch_add(1, SeqCst);
                });
            });
            note(&format!("a scope in a thread: {}", done.load(SeqCst)));
        });
    });
    println!("{}", log.lock().unwrap().join("\n"));
}
