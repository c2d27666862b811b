use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, Instant};

async fn work(name: &'static str, ms: u64) -> &'static str {
    sleep(Duration::from_millis(ms)).await;
    if name == "bad" {
        panic!("bad");
    }
    name
}

async fn next(set: &mut JoinSet<&'static str>) -> &'static str {
    match set.join_next().await {
        None => "empty",
        Some(Ok(name)) => name,
        Some(Err(error)) if error.is_cancelled() => "cancelled",
        Some(Err(_)) => "panicked",
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut set = JoinSet::new();
    println!("{}", next(&mut set).await);
    set.spawn(work("slow", 30));
    set.spawn(work("quick", 10));
    set.spawn(work("bad", 20));
    let handle = set.spawn(work("stopped", 15));
    sleep(Duration::from_millis(5)).await;
    handle.abort();
    println!("size {}", set.len());
    for _ in 0..5 {
        let told = next(&mut set).await;
        println!("{told} at {}, size {}", start.elapsed().as_millis(), set.len());
    }
    set.spawn(work("a", 10));
    set.spawn(work("b", 0));
    sleep(Duration::from_millis(5)).await;
    set.abort_all();
    println!("size {}", set.len());
    println!("{} {} {}", next(&mut set).await, next(&mut set).await, next(&mut set).await);
    set.spawn(work("c", 10));
    set.shutdown().await;
    println!("size {} at {}", set.len(), start.elapsed().as_millis());
}
