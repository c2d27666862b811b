use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

struct Found {
    list: Vec<i32>,
    text: &'static str,
}

fn main() {
    println!("{}", thread::current().name().unwrap());
    let (tx, rx) = channel();
    let worker = thread::Builder::new()
        .name("worker".into())
        .spawn(move || {
            tx.send(1).unwrap();
            thread::sleep(Duration::from_millis(5));
            panic!("{} gives up", thread::current().name().unwrap());
        })
        .unwrap();
    println!("{}", worker.thread().name().unwrap());
    for value in &rx {
        println!("{value}");
    }
    println!("its sender went with it");
    let ended: thread::Result<()> = worker.join();
    if let Err(panic) = ended {
        println!("{}", panic.downcast_ref::<String>().unwrap());
    }
    let calm = thread::spawn(|| Found { list: vec![1, 2], text: "three" });
    let Found { list, text } = calm.join().unwrap();
    println!("{} {text}", list.len());
    let (go, gone) = channel::<()>();
    let detached = thread::spawn(move || gone.recv().is_ok());
    println!("{}", detached.is_finished());
    drop(go);
    while !detached.is_finished() {
        thread::sleep(Duration::from_millis(1));
    }
    println!("{}", detached.is_finished());
}
