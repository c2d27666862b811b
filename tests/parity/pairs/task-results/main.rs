use std::time::Duration;
use tokio::task::JoinError;
use tokio::time::{sleep, timeout};

async fn work(ms: u64) -> u64 {
    sleep(Duration::from_millis(ms)).await;
    println!("task of {ms} ends");
    ms
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let panics = tokio::spawn(async {
        sleep(Duration::from_millis(1)).await;
        panic!("no");
    });
    let ended: Result<(), JoinError> = panics.await;
    if let Err(error) = ended {
        println!("panicked: {}", error.into_panic().downcast_ref::<&str>().unwrap());
    }
    tokio::spawn(work(5));
    let mut slow = tokio::spawn(work(20));
    let first = timeout(Duration::from_millis(10), &mut slow).await;
    println!("{}", if first.is_ok() { "in time" } else { "elapsed" });
    println!("still runs: {}", !slow.is_finished());
    sleep(Duration::from_millis(20)).await;
    println!("{}", slow.await.unwrap());
}
