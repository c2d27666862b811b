use std::sync::{Barrier, RwLock};
use std::thread;

fn main() {
    let shared = RwLock::new(1);
    let inside = Barrier::new(3);
    let log = thread::scope(|s| {
        let readers: Vec<_> = (0..2)
            .map(|_| {
                s.spawn(|| {
                    let guard = shared.read().unwrap();
                    let n = *guard;
                    inside.wait();
                    n
                })
            })
            .collect();
        let writer = s.spawn(|| {
            inside.wait();
            *shared.write().unwrap() += 1;
        });
        writer.join().unwrap();
        readers.into_iter().map(|reader| reader.join().unwrap().to_string()).collect::<Vec<_>>()
    });
    println!("{} {}", log.join(" "), shared.read().unwrap());
}
