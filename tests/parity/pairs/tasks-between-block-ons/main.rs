use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use tokio::time::sleep;

fn main() {
    let start = Instant::now();
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let task = runtime.block_on(async {
        let handle = tokio::spawn(async {
            println!("first poll");
            sleep(Duration::from_millis(10)).await;
            "second poll"
        });
        sleep(Duration::from_millis(1)).await;
        handle
    });
    thread::sleep(Duration::from_millis(20));
    println!("finished meanwhile: {}", task.is_finished());
    let told = runtime.block_on(task).unwrap();
    println!("{told} {}", start.elapsed().as_millis() >= 20);
}
